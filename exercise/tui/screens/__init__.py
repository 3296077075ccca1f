"""The screens, each read in when it is first opened, or before, while a person reads another."""

from __future__ import annotations


async def read_on() -> None:
    """Read in all screens, one by one so that keys get through; the collector leaves them out."""
    from asyncio import sleep
    from importlib import import_module
    from pkgutil import iter_modules

    from exercise.steady import settle

    import_module("textual.widgets._text_area")  # what most is written in
    for module in iter_modules(__path__, f"{__name__}."):
        await sleep(0)
        import_module(module.name)
    settle()

"""Write every template into the folder given, or where the product has them."""

import sys
from pathlib import Path

from scripts.paper_templates import PAPERS

FOLDER = Path(__file__).resolve().parents[2] / "organizations" / "paper_templates"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, build in PAPERS.items():
        build().save(str(folder / f"{name}.docx"))
        print(folder / f"{name}.docx")


if __name__ == "__main__":
    main()

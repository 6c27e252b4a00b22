"""Tide tables: FastAPI with templates and a mount of static files."""

from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

HERE = Path(__file__).parent
PORTS = {1: "Cuxhaven", 2: "Brest"}

app = FastAPI()
app.mount("/assets", StaticFiles(directory=HERE / "static"), name="assets")
templates = Jinja2Templates(directory=HERE / "templates")


@app.get("/")
def home(request: Request):
    return templates.TemplateResponse(request, "home.html", {"ports": PORTS})


@app.get("/ports/{number}")
def port(request: Request, number: int):
    if number not in PORTS:
        raise HTTPException(404)
    return templates.TemplateResponse(request, "port.html", {"name": PORTS[number]})

"""What a camera makes of a page: where it lies, how the light falls, how sharp and how small it is."""

from __future__ import annotations

import io
from typing import NamedTuple

import numpy as np
from numpy.random import Generator, default_rng
from PIL import Image, ImageDraw, ImageFilter

from tests.support.photographs.documents import random_document
from tests.support.photographs.pages import draw_page

FRAME = (1280, 960)
CONDITIONS = (
    *("clean", "scan", "turned", "any angle", "perspective", "blur", "motion", "dark", "glare"),
    *("shadow", "jpeg", "fold", "small", "exif", "mix"),
)
_TURNED = {
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}
"""How the picture is stored, so that the mark in the file sets it upright again."""


class Photograph(NamedTuple):
    """A JPEG, the lines of the zone in it, how it was spoilt, and the corners of the zone, in order."""

    data: bytes
    lines: tuple[str, ...]
    condition: str
    zone: np.ndarray


def photograph(seed: int | tuple[int, ...], condition: str | None = None) -> Photograph:
    """The photograph of a seed; of the condition, or of one that the seed chooses."""
    chance = default_rng(seed)
    if condition is None:
        condition = CONDITIONS[int(chance.integers(len(CONDITIONS)))]
    document, lines = random_document(chance)
    page, box = draw_page(chance, document, lines)
    has = {condition} if condition != "mix" else set(chance.choice(CONDITIONS[2:-1], 3))
    picture, zone = _laid(chance, page, box, has)
    picture = _lit(chance, picture, has, zone)
    data, zone = _taken(chance, picture, has, zone)
    return Photograph(data, lines, condition, zone)


def _laid(
    chance: Generator, page: Image.Image, box: tuple[float, float, float, float], has: set[str]
) -> tuple[Image.Image, np.ndarray]:
    """The page on a desk, as the camera sees it, and the corners of the zone there."""
    frame = (page.size[0] + 16, page.size[1] + 16) if "scan" in has else FRAME
    angle = chance.normal(0, 1.5) if "scan" not in has else chance.normal(0, 0.3)
    if "turned" in has:
        angle = chance.uniform(-25, 25)
    if "any angle" in has:
        angle = chance.uniform(-180, 180)
    fill = chance.uniform(0.62, 0.93) if "scan" not in has else 0.985
    corners = np.array(
        [(0, 0), (page.width, 0), (page.width, page.height), (0, page.height)], np.float64
    )
    centred = corners - corners.mean(0)
    turn = np.radians(angle)
    turned = centred @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    room = np.ptp(turned, axis=0) / np.array(frame)
    turned = turned / room.max() * fill
    bend = 0.07 if "perspective" in has else 0.006
    turned += chance.normal(0, bend, (4, 2)) * np.abs(turned).max()
    spare = (np.array(frame) - np.ptp(turned, axis=0)) / 2
    placed = turned - (turned.max(0) + turned.min(0)) / 2 + np.array(frame) / 2
    placed += chance.uniform(-0.8, 0.8, 2) * np.maximum(spare, 0)
    if "fold" in has:
        page = _folded(chance, page)
    there = _solve(placed, corners)
    shape = Image.new("L", page.size, 255)
    desk = _desk(chance, frame)
    seen = page.transform(frame, Image.Transform.PERSPECTIVE, there, Image.Resampling.BICUBIC)
    mask = shape.transform(frame, Image.Transform.PERSPECTIVE, there, Image.Resampling.BILINEAR)
    desk.paste(seen, mask=mask)
    left, top, right, bottom = box
    zone = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    return desk, _project(_solve(corners, placed), zone)


def _solve(of: np.ndarray, to: np.ndarray) -> tuple[float, ...]:
    """The eight figures of the perspective that takes four points to four others."""
    rows, right = [], []
    for (x, y), (u, v) in zip(of, to, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return tuple(float(one) for one in np.linalg.solve(np.array(rows), np.array(right)))


def _project(figures: tuple[float, ...], points: np.ndarray) -> np.ndarray:
    a, b, c, d, e, f, g, h = figures
    x, y = points[:, 0], points[:, 1]
    below = g * x + h * y + 1
    return np.stack([(a * x + b * y + c) / below, (d * x + e * y + f) / below], 1)


def _folded(chance: Generator, page: Image.Image) -> Image.Image:
    """A fold from top to bottom: what is right of it rises a little, and the light breaks there."""
    at = int(page.width * chance.uniform(0.25, 0.75))
    rise = page.height * chance.uniform(-0.02, 0.02)
    width, height = page.size
    right = (at, 0, at, height, width, height + rise, width, rise)
    mesh = [
        ((0, 0, at, height), (0, 0, 0, height, at, height, at, 0)),
        ((at, 0, width, height), right),
    ]
    folded = page.transform(page.size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)
    light = np.ones((1, width, 1), np.float32)
    light[:, at:] = chance.uniform(0.7, 0.95)
    light[:, max(0, at - 2) : at + 2] *= 0.75
    return Image.fromarray(np.clip(np.asarray(folded) * light, 0, 255).astype(np.uint8))


def _desk(chance: Generator, frame: tuple[int, int]) -> Image.Image:
    """Wood, cloth, or other papers with writing and barred edges on them."""
    small = (
        chance.normal(0, 1, (40, 10)) if chance.random() < 0.5 else chance.normal(0, 1, (40, 50))
    )
    grain = Image.fromarray(small.astype(np.float32)).resize(frame, Image.Resampling.BICUBIC)
    colour = chance.uniform(20, 210, 3)
    rough = np.asarray(grain)[..., None] * chance.uniform(3, 22)
    desk = Image.fromarray(np.clip(colour + rough, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(desk)
    for _ in range(int(chance.integers(0, 5))):
        x, y = chance.uniform(0, frame[0]), chance.uniform(0, frame[1])
        wide, tall = chance.uniform(60, 500, 2)
        fill = tuple(int(one) for one in chance.integers(0, 255, 3))
        draw.rectangle((x, y, x + wide, y + tall), fill=fill)
        if chance.random() < 0.6:
            for row in range(int(tall // 22)):
                text = "".join(chance.choice(list("abcdefg hijk LMNOP 0123456789 <"), 30))
                draw.text((x + 4, y + row * 22), text, fill=0)
    return desk


def _lit(chance: Generator, picture: Image.Image, has: set[str], zone: np.ndarray) -> Image.Image:
    pixels = np.asarray(picture, np.float32)
    height, width = pixels.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    slope = chance.uniform(-0.2, 0.2, 2)
    light = 1 + slope[0] * (x / width - 0.5) + slope[1] * (y / height - 0.5)
    if "dark" in has:
        light *= chance.uniform(0.15, 0.3)
    near = zone.mean(0)
    if "shadow" in has:
        turn = chance.uniform(0, 2 * np.pi)
        far = (x - near[0]) * np.cos(turn) + (y - near[1]) * np.sin(turn)
        far += chance.uniform(-0.25, 0.25) * width
        edge = 1 / (1 + np.exp(-np.clip(far / chance.uniform(1.5, 12), -30, 30)))
        light *= 1 - chance.uniform(0.4, 0.7) * edge
    pixels = pixels * light[..., None]
    if "glare" in has:
        for _ in range(2):
            at = zone[0] + (zone[2] - zone[0]) * chance.uniform(-0.2, 1.2, 2)
            far = ((x - at[0]) / chance.uniform(40, 130)) ** 2
            far += ((y - at[1]) / chance.uniform(30, 90)) ** 2
            pixels = pixels + (chance.uniform(90, 230) * np.exp(-far))[..., None]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _taken(
    chance: Generator, picture: Image.Image, has: set[str], zone: np.ndarray
) -> tuple[bytes, np.ndarray]:
    if "small" in has:
        part = chance.uniform(0.55, 0.75)
        size = (round(picture.width * part), round(picture.height * part))
        zone = zone * part
        picture = picture.resize(size, Image.Resampling.BOX)
    blur = chance.uniform(1.2, 2.2) if "blur" in has else chance.uniform(0, 0.7)
    picture = picture.filter(ImageFilter.GaussianBlur(blur))
    if "motion" in has:
        picture = _moved(chance, picture)
    noise = chance.uniform(5, 8) if "dark" in has else chance.uniform(0, 4)
    grain = chance.normal(0, noise, (picture.height, picture.width, 1)).astype(np.float32)
    picture = Image.fromarray(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8))
    quality = 18 if "jpeg" in has else int(chance.integers(55, 93))
    exif = Image.Exif()
    if "exif" in has:
        mark = int(chance.choice([3, 6, 8]))
        picture = picture.transpose(_TURNED[mark])
        exif[0x0112] = mark
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=quality, exif=exif)
    return written.getvalue(), zone


def _moved(chance: Generator, picture: Image.Image) -> Image.Image:
    steps = int(chance.integers(3, 7))
    turn = chance.uniform(0, np.pi)
    pixels = np.zeros((picture.height, picture.width, 3), np.float32)
    for step in range(steps):
        shift = (round(step * np.sin(turn)), round(step * np.cos(turn)))
        pixels += np.roll(np.asarray(picture, np.float32), shift, (0, 1))
    return Image.fromarray((pixels / steps).astype(np.uint8))

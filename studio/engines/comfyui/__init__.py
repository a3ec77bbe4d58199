"""ComfyUI: stills and clips from one's own servers, by the studio's graphs or one's own."""

from studio.engines.comfyui.images import ComfyImages
from studio.engines.comfyui.videos import ComfyVideos

__all__ = ["ComfyImages", "ComfyVideos"]

/** Drawn here, on white in every colour scheme: cameras want the contrast. */
export function QrCode({ label, size, path }: { label: string; size: number; path: string }) {
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} width="216" height="216" shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}

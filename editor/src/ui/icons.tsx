import type { ReactNode } from 'react';

interface IconProps {
  size?: number;
}

const drawn = (shape: ReactNode) =>
  function Icon({ size = 18 }: IconProps) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.8}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {shape}
      </svg>
    );
  };

export const SearchIcon = drawn(<path d="M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM20 20l-4.9-4.9" />);
export const PlayIcon = drawn(<path d="M8 5.5v13l10.5-6.5z" />);
export const MoreIcon = drawn(<path d="M5 12h.01M12 12h.01M19 12h.01" strokeWidth={3} />);
export const WarningIcon = drawn(<path d="M12 4 2.8 19.5h18.4zM12 10v4.5M12 17h.01" />);
export const ErrorIcon = drawn(<path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.5v5.5M12 16.3h.01" />);
export const CheckIcon = drawn(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const SendIcon = drawn(<path d="M4 12 20 4.5 15.5 20l-3.8-6.2zM11.7 13.8 20 4.5" />);
export const RestartIcon = drawn(<path d="M5 12a7 7 0 1 0 2.2-5.1L4.5 9.5M4.5 4.5v5h5" />);
export const ClockIcon = drawn(<path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.2 2" />);
export const PictureIcon = drawn(<path d="M4 5h16v14H4zM4 16l4.5-4.5L13 16l3-3 4 4M15 9h.01" />);
export const VideoIcon = drawn(<path d="M4 6h11v12H4zM15 10.5 20 8v8l-5-2.5" />);
export const SoundIcon = drawn(
  <path d="M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6 11.5a6 6 0 0 0 12 0M12 17.5V21" />,
);
export const FileIcon = drawn(<path d="M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5" />);
export const PlaceIcon = drawn(
  <path d="M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z" />,
);
export const PersonIcon = drawn(<path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6" />);
export const TemplateIcon = drawn(<path d="M4 5h16v4H4zM4 12.5h7V19H4zM14.5 12.5H20M14.5 16H20M14.5 19H20" />);
export const ListIcon = drawn(<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01" />);
export const BackIcon = drawn(<path d="M19 12H5M11 6l-6 6 6 6" />);
export const PlusIcon = drawn(<path d="M12 5v14M5 12h14" />);
export const ClipIcon = drawn(
  <path d="m19 11.5-7 7a4.6 4.6 0 0 1-6.5-6.5l7.5-7.5a3 3 0 0 1 4.3 4.3l-7.4 7.4a1.5 1.5 0 0 1-2.1-2.1l6.7-6.7" />,
);
export const ReplyIcon = drawn(<path d="M9.5 6 4 11.5 9.5 17M4 11.5h9a7 7 0 0 1 7 7" />);
export const PenIcon = drawn(<path d="M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z" />);
export const BinIcon = drawn(<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13" />);
export const InfoIcon = drawn(<path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.7h.01" />);
export const TwoChecksIcon = drawn(<path d="m2 12.5 4.5 4.5L16 7.5M11.5 16l1 1L22 7.5" />);

package org.chancery.protocol.frame;

/// How long a frame may be.
///
/// @param maxFrameBytes the longest body that is read or written, in octets, without its length prefix
public record FrameLimits(int maxFrameBytes) {

    /// 1 MiB: a letter of text is 2 KiB, a seal to 500 devices 250 KiB. A body is held in memory whole.
    public static final int HIGHEST = 1 << 20;

    /// What everybody reads who has not said less.
    public static final FrameLimits DEFAULT = new FrameLimits(HIGHEST);

    /// @throws IllegalArgumentException if not between 4 KiB and 1 MiB
    public FrameLimits {
        if (maxFrameBytes < 4096 || maxFrameBytes > HIGHEST) {
            throw new IllegalArgumentException("frame limit " + maxFrameBytes + " octets, must be 4096 to " + HIGHEST);
        }
    }
}

package org.chancery.client.terminal;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;

/// A QR code (ISO/IEC 18004) as lines of a terminal: two of its rows a line, by half blocks. Light is drawn, dark is
/// left out, for a terminal is dark; on a light one most readers take it inverted.
public final class QrCode {
    /// Around it, by the standard.
    private static final int QUIET_ZONE = 4;

    private QrCode() {}

    /// The code of a text.
    ///
    /// @throws IllegalArgumentException for a text that no code has room for
    public static List<String> lines(String text) {
        ByteMatrix modules;
        try {
            modules = Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
        } catch (WriterException e) {
            throw new IllegalArgumentException("no QR code has room for " + text.length() + " characters", e);
        }
        int from = -QUIET_ZONE;
        int to = modules.getWidth() + QUIET_ZONE;
        List<String> lines = new ArrayList<>();
        for (int y = from; y < to; y += 2) {
            StringBuilder line = new StringBuilder();
            for (int x = from; x < to; x++) {
                line.append(block(isLight(modules, x, y), y + 1 < to && isLight(modules, x, y + 1)));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static boolean isLight(ByteMatrix modules, int x, int y) {
        boolean inside = x >= 0 && y >= 0 && x < modules.getWidth() && y < modules.getHeight();
        return !inside || modules.get(x, y) == 0;
    }

    private static char block(boolean upper, boolean lower) {
        if (upper) {
            return lower ? '\u2588' : '\u2580';
        }
        return lower ? '\u2584' : ' ';
    }
}

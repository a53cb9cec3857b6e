package org.chancery.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.List;
import org.chancery.protocol.device.SafetyNumber;
import org.junit.jupiter.api.Test;

final class QrCodeTest {
    private static final int SCALE = 4;

    private final SafetyNumber number = new SafetyNumber("0123456789".repeat(6));

    /// As a camera sees it: half blocks as pixels.
    @Test
    void aReaderReadsWhatWasWritten() throws Exception {
        List<String> lines = QrCode.lines(number.scanned());
        int width = lines.getFirst().length() * SCALE;
        int height = lines.size() * 2 * SCALE;
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                char block = lines.get(y / (2 * SCALE)).charAt(x / SCALE);
                boolean upper = y / SCALE % 2 == 0;
                boolean light = block == '\u2588' || block == (upper ? '\u2580' : '\u2584');
                pixels[y * width + x] = light ? 0xffffff : 0;
            }
        }
        var bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
        String read = new QRCodeReader().decode(bitmap).getText();
        assertThat(SafetyNumber.read(read)).contains(number);
    }

    @Test
    void fitsATerminal() {
        List<String> lines = QrCode.lines(number.scanned());
        assertThat(lines).hasSizeLessThanOrEqualTo(22);
        assertThat(lines).allMatch(line -> line.length() == lines.getFirst().length() && line.length() <= 80);
    }

    @Test
    void hasNoRoomForEverything() {
        assertThatIllegalArgumentException().isThrownBy(() -> QrCode.lines("x".repeat(5_000)));
    }
}

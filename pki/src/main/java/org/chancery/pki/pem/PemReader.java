package org.chancery.pki.pem;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Goes through a text line by line. One use, one thread.
final class PemReader {
    private static final String DASHES = "-----";
    private static final String BEGIN = DASHES + "BEGIN ";
    private static final String END = DASHES + "END ";

    private final String text;
    private int position;
    private int lineNumber;

    PemReader(String text) {
        this.text = text;
    }

    List<Pem.Block> blocks() throws MalformedPemException {
        List<Pem.Block> blocks = new ArrayList<>();
        while (hasLine()) {
            String line = nextLine();
            if (line.startsWith(BEGIN)) {
                if (blocks.size() == Pem.MAX_BLOCKS) {
                    throw failure(PemFailure.TOO_MANY_BLOCKS, "more than " + Pem.MAX_BLOCKS + " blocks");
                }
                blocks.add(block(line));
            } else if (line.startsWith(END)) {
                throw failure(PemFailure.BOUNDARY, "an end without a beginning");
            }
        }
        return List.copyOf(blocks);
    }

    private Pem.Block block(String begin) throws MalformedPemException {
        if (!begin.endsWith(DASHES) || begin.length() < BEGIN.length() + DASHES.length()) {
            throw failure(PemFailure.BOUNDARY, "a beginning that does not end in five dashes");
        }
        String name = begin.substring(BEGIN.length(), begin.length() - DASHES.length());
        PemLabel label = PemLabel.of(name)
                .orElseThrow(() -> failure(PemFailure.UNKNOWN_LABEL, "label \"" + printable(name) + "\" is not read"));
        StringBuilder base64 = new StringBuilder();
        boolean last = false;
        while (hasLine()) {
            String line = nextLine();
            if (line.startsWith(DASHES)) {
                if (!line.equals(END + name + DASHES)) {
                    throw failure(PemFailure.BOUNDARY, "expected the end of " + name);
                }
                return new Pem.Block(label, decode(base64.toString()));
            }
            if (last || line.isEmpty() || line.length() > Pem.LINE) {
                throw failure(PemFailure.BASE64, "Base64 is not in full lines of " + Pem.LINE);
            }
            last = line.length() < Pem.LINE;
            base64.append(line);
        }
        throw failure(PemFailure.BOUNDARY, "no end of " + name);
    }

    /// The JDK's decoder refuses foreign characters but not missing padding or stray bits in the last character, so
    /// the proof of canonical form is that encoding gives the same text.
    private byte[] decode(String base64) throws MalformedPemException {
        byte[] der;
        try {
            der = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw failure(PemFailure.BASE64, "not Base64");
        }
        if (der.length == 0 || !Base64.getEncoder().encodeToString(der).equals(base64)) {
            throw failure(PemFailure.BASE64, "Base64 is not canonical");
        }
        return der;
    }

    private boolean hasLine() {
        return position < text.length();
    }

    private String nextLine() {
        lineNumber++;
        int end = text.indexOf('\n', position);
        String line = end < 0 ? text.substring(position) : text.substring(position, end);
        position = end < 0 ? text.length() : end + 1;
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private MalformedPemException failure(PemFailure failure, String what) {
        return new MalformedPemException(failure, "line " + lineNumber + ": " + what);
    }

    /// A label as the input has it, cut and cleaned for a message.
    private static String printable(String name) {
        String cut = name.length() > 40 ? name.substring(0, 40) : name;
        return cut.replaceAll("[^ -~]", "?");
    }
}

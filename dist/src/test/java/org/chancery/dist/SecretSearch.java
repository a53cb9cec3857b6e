package org.chancery.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Looks for secrets in files, in every form that a program could have left them in.
final class SecretSearch {
    private final Map<String, byte[]> forms = new LinkedHashMap<>();

    /// A text: UTF-8, UTF-16 in both byte orders, and Base64 of the UTF-8 wherever in a longer text it may begin.
    SecretSearch text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        forms.put("text in UTF-8", utf8);
        forms.put("text in UTF-16LE", text.getBytes(StandardCharsets.UTF_16LE));
        forms.put("text in UTF-16BE", text.getBytes(StandardCharsets.UTF_16BE));
        for (int alignment = 0; alignment < 3; alignment++) {
            forms.put("text in Base64, alignment " + alignment, base64(utf8, alignment));
        }
        return this;
    }

    /// A private key: its PKCS#8 encoding, that in Base64, and for RSA each number that gives the key away.
    SecretSearch key(String owner, PrivateKey key) {
        byte[] pkcs8 = key.getEncoded();
        forms.put("PKCS#8 of " + owner, pkcs8);
        for (int alignment = 0; alignment < 3; alignment++) {
            forms.put("PKCS#8 of " + owner + " in Base64, alignment " + alignment, base64(pkcs8, alignment));
        }
        if (key instanceof RSAPrivateCrtKey rsa) {
            forms.put("prime p of " + owner, magnitude(rsa.getPrimeP().toByteArray()));
            forms.put("prime q of " + owner, magnitude(rsa.getPrimeQ().toByteArray()));
            forms.put(
                    "private exponent of " + owner,
                    magnitude(rsa.getPrivateExponent().toByteArray()));
        }
        return this;
    }

    /// What is found in a file, each with the name of its form.
    List<String> in(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        List<String> found = new ArrayList<>();
        forms.forEach((name, form) -> {
            if (contains(content, form)) {
                found.add(name + " in " + file.getFileName());
            }
        });
        return found;
    }

    /// The characters of a Base64 text that depend on these bytes alone, when `alignment` other bytes come before.
    private static byte[] base64(byte[] bytes, int alignment) {
        byte[] shifted = new byte[alignment + bytes.length];
        System.arraycopy(bytes, 0, shifted, alignment, bytes.length);
        byte[] encoded = Base64.getEncoder().withoutPadding().encode(shifted);
        int first = (alignment * 8 + 5) / 6;
        int end = shifted.length * 8 / 6;
        return Arrays.copyOfRange(encoded, first, end);
    }

    private static byte[] magnitude(byte[] twosComplement) {
        return twosComplement[0] == 0 ? Arrays.copyOfRange(twosComplement, 1, twosComplement.length) : twosComplement;
    }

    /// Horspool's search: a heap dump is tens of megabytes.
    private static boolean contains(byte[] content, byte[] form) {
        int[] shift = new int[256];
        Arrays.fill(shift, form.length);
        for (int i = 0; i < form.length - 1; i++) {
            shift[form[i] & 0xff] = form.length - 1 - i;
        }
        for (int at = 0; at <= content.length - form.length; at += shift[content[at + form.length - 1] & 0xff]) {
            if (Arrays.equals(content, at, at + form.length, form, 0, form.length)) {
                return true;
            }
        }
        return false;
    }
}

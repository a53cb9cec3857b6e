package org.chancery.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Numbers on the wire are final: clients of last year speak them. `numbers.txt` holds those that are; what is new is
/// entered there, and nothing that stands there changes.
final class FrozenNumbersTest {
    @Test
    void everyNumberMeansWhatItMeant() throws IOException {
        TreeSet<String> now = new TreeSet<>();
        FileDescriptor file = org.chancery.protocol.wire.Frame.getDescriptor().getFile();
        file.getMessageTypes().forEach(type -> add(type, now));
        file.getEnumTypes().forEach(type -> add(type, now));

        assertThat(now).containsAll(frozen());
    }

    private static void add(Descriptor type, Set<String> to) {
        for (FieldDescriptor field : type.getFields()) {
            String of = switch (field.getJavaType()) {
                case MESSAGE -> field.getMessageType().getName();
                case ENUM -> field.getEnumType().getName();
                default -> field.getType().name().toLowerCase(Locale.ROOT);
            };
            to.add("%s.%s = %d %s%s"
                    .formatted(
                            type.getName(),
                            field.getName(),
                            field.getNumber(),
                            field.isRepeated() ? "repeated " : "",
                            of));
        }
        type.getNestedTypes().forEach(nested -> add(nested, to));
        type.getEnumTypes().forEach(nested -> add(nested, to));
    }

    private static void add(EnumDescriptor type, Set<String> to) {
        type.getValues()
                .forEach(value -> to.add("%s.%s = %d".formatted(type.getName(), value.getName(), value.getNumber())));
    }

    private static List<String> frozen() throws IOException {
        try (InputStream in = Objects.requireNonNull(FrozenNumbersTest.class.getResourceAsStream("numbers.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}

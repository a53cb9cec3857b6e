package org.chancery.ca.key;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which slots hold a token of some label: the one question to a PKCS#11 library that the JDK's provider has no
/// way to ask. Three functions of PKCS #11 v2.40 section 5.5, called directly; where CK_ULONG has eight octets,
/// as on every 64-bit system but Windows.
@SuppressWarnings("restricted") // a token speaks through a native library, which an administrator named
final class TokenSlots {
    private static final long CKR_OK = 0;
    private static final long CKR_CRYPTOKI_ALREADY_INITIALIZED = 0x191;

    /// CK_TOKEN_INFO begins with the label, padded with blanks, and is shorter than this.
    private static final int LABEL_OCTETS = 32;

    private static final int TOKEN_INFO_OCTETS = 512;
    private static final int MAX_SLOTS = 256;

    private final SymbolLookup library;
    private final Arena arena;

    private TokenSlots(SymbolLookup library, Arena arena) {
        this.library = library;
        this.arena = arena;
    }

    static List<Long> withLabel(Path library, String label) throws CaKeyException {
        try (Arena arena = Arena.ofConfined()) {
            // The library stays loaded for the provider: unloading one that has started threads would crash us.
            SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
            return new TokenSlots(symbols, arena).find(label);
        } catch (IllegalArgumentException e) {
            throw new CaKeyException(CaKeyFailure.LIBRARY, library + " is no PKCS#11 library", e);
        }
    }

    private List<Long> find(String label) throws CaKeyException {
        long initialized = call("C_Initialize", FunctionDescriptor.of(JAVA_LONG, ADDRESS), MemorySegment.NULL);
        if (initialized != CKR_OK && initialized != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
            throw refused("C_Initialize", initialized);
        }
        try {
            List<Long> found = new ArrayList<>();
            for (long slot : slotsWithToken()) {
                if (labelIn(slot).filter(label::equals).isPresent()) {
                    found.add(slot);
                }
            }
            return found;
        } finally {
            // Left initialized for whoever had done so before us.
            if (initialized == CKR_OK) {
                call("C_Finalize", FunctionDescriptor.of(JAVA_LONG, ADDRESS), MemorySegment.NULL);
            }
        }
    }

    private long[] slotsWithToken() throws CaKeyException {
        MemorySegment count = arena.allocate(JAVA_LONG);
        count.set(JAVA_LONG, 0, MAX_SLOTS);
        MemorySegment slots = arena.allocate(JAVA_LONG, MAX_SLOTS);
        var type = FunctionDescriptor.of(JAVA_LONG, JAVA_BYTE, ADDRESS, ADDRESS);
        long result = call("C_GetSlotList", type, (byte) 1, slots, count);
        if (result != CKR_OK) {
            throw refused("C_GetSlotList", result);
        }
        return slots.asSlice(0, count.get(JAVA_LONG, 0) * JAVA_LONG.byteSize()).toArray(JAVA_LONG);
    }

    /// Empty where the token was pulled out a moment ago, or does not answer.
    private Optional<String> labelIn(long slot) throws CaKeyException {
        MemorySegment info = arena.allocate(MemoryLayout.sequenceLayout(TOKEN_INFO_OCTETS, JAVA_BYTE));
        long result = call("C_GetTokenInfo", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS), slot, info);
        if (result != CKR_OK) {
            return Optional.empty();
        }
        byte[] label = info.asSlice(0, LABEL_OCTETS).toArray(JAVA_BYTE);
        return Optional.of(new String(label, StandardCharsets.UTF_8).stripTrailing());
    }

    private long call(String function, FunctionDescriptor type, Object... arguments) throws CaKeyException {
        MemorySegment address = library.find(function)
                .orElseThrow(() -> new CaKeyException(
                        CaKeyFailure.LIBRARY, "the library is none of PKCS#11: it has no " + function));
        MethodHandle handle = Linker.nativeLinker().downcallHandle(address, type);
        try {
            return (long) handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            // A downcall throws nothing of its own; what comes is ours, or the end.
            throw new IllegalStateException(function + " was called wrongly", e);
        }
    }

    private static CaKeyException refused(String function, long result) {
        return new CaKeyException(
                CaKeyFailure.TOKEN_FAILED, function + " of the PKCS#11 library: 0x" + Long.toHexString(result));
    }
}

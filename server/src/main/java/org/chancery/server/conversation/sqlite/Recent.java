package org.chancery.server.conversation.sqlite;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What was used last, up to a weight. One thread.
final class Recent<K, V> {

    private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);
    private final ToLongFunction<V> weight;
    private final long mostWeight;
    private long weightSum;

    Recent(long mostWeight, ToLongFunction<V> weight) {
        this.mostWeight = mostWeight;
        this.weight = weight;
    }

    @Nullable
    V find(K key) {
        return values.get(key);
    }

    void put(K key, V value) {
        V earlier = values.put(key, value);
        weightSum += weight.applyAsLong(value) - (earlier == null ? 0 : weight.applyAsLong(earlier));
    }

    /// Lets go of what was used longest ago, where there is too much.
    void trim() {
        for (Iterator<V> oldest = values.values().iterator(); weightSum > mostWeight && oldest.hasNext(); ) {
            weightSum -= weight.applyAsLong(oldest.next());
            oldest.remove();
        }
    }

    void clear() {
        values.clear();
        weightSum = 0;
    }
}

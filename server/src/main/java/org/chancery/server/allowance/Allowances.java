package org.chancery.server.allowance;

import java.util.concurrent.ConcurrentHashMap;
import org.chancery.pki.name.DeviceId;
import org.chancery.server.config.FileBounds;
import org.chancery.server.config.RateBounds;

/// The allowance of every device that was here lately. It outlives the session, so that nobody gets a new one by
/// connecting anew. Thread safe.
public final class Allowances {

    private final RateBounds bounds;
    private final FileBounds files;
    private final ConcurrentHashMap<DeviceId, Allowance> byDevice = new ConcurrentHashMap<>();

    /// The same for every device.
    public Allowances(RateBounds bounds, FileBounds files) {
        this.bounds = bounds;
        this.files = files;
    }

    /// The device's, as it left it. Only for devices that proved themselves: each is remembered for a while.
    public Allowance of(DeviceId device) {
        return byDevice.computeIfAbsent(device, _ -> new Allowance(bounds, files, System.nanoTime()));
    }

    /// Forgets those that are full again. A session that still holds one goes on with it.
    public void forgetUntouched() {
        byDevice.values().removeIf(Allowance::isUntouched);
    }
}

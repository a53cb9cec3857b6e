/// A person at the windows, for the tests that drive them like one; other modules' tests use it, too. Knows Swing, and
/// nothing of this messenger.
@NullMarked
package org.chancery.client.testing;

import org.jspecify.annotations.NullMarked;

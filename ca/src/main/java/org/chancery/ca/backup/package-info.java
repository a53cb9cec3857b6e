/// A copy of an authority in one file, and an authority from such a copy.
///
/// Entry types: [Backup][org.chancery.ca.backup.Backup] and [Restore][org.chancery.ca.backup.Restore].
@NullMarked
package org.chancery.ca.backup;

import org.jspecify.annotations.NullMarked;

/// Files of conversations, sealed by their senders, beside the log: uploaded in order, taken up again where
/// they were left, kept for some days. The entry type is [org.chancery.server.file.FileStore]. Who may have a
/// file is asked of the log by the session; nothing here knows conversations, and nothing here could open a
/// file.
@NullMarked
package org.chancery.server.file;

import org.jspecify.annotations.NullMarked;

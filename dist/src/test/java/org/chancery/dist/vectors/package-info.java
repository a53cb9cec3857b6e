/// A whole story as vectors (`docs/vectors/story.txt`, `refused.txt`): written once, and read by the messenger every
/// time.
@NullMarked
package org.chancery.dist.vectors;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.chancery.protocol;

import org.jspecify.annotations.NullMarked;

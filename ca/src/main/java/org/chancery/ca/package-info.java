@NullMarked
package org.chancery.ca;

import org.jspecify.annotations.NullMarked;

/// How what the programs log becomes text, in lines ([PlainLines][org.chancery.console.log.PlainLines]) or JSON
/// ([JsonLines][org.chancery.console.log.JsonLines]), as the files `conf/logback-*.xml` say. The one place where a log
/// line is made, and therefore the one that keeps people from writing lines of ours.
@NullMarked
package org.chancery.console.log;

import org.jspecify.annotations.NullMarked;

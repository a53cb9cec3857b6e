package org.chancery.client.ui;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import com.formdev.flatlaf.fonts.inter.FlatInterFont;
import java.awt.Toolkit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import net.miginfocom.layout.PlatformDefaults;

/// Light, dark, or what the desktop says. The system property `chancery.theme` chooses at start, the menu afterwards.
enum Theme {
    LIGHT("Light theme"),
    DARK("Dark theme"),
    SYSTEM("Theme of the desktop");

    private static final String PROPERTY = "chancery.theme";

    private final String words;

    Theme(String words) {
        this.words = words;
    }

    /// The theme asked for at start; an unknown word means [#SYSTEM].
    static Theme configured() {
        String wanted = System.getProperty(PROPERTY, "system").toUpperCase(Locale.ROOT);
        for (Theme theme : values()) {
            if (theme.name().equals(wanted)) {
                return theme;
            }
        }
        return SYSTEM;
    }

    String words() {
        return words;
    }

    /// Makes this the look of every component, those that exist included.
    void install() {
        Edt.require();
        // Sizes here are in the JDK's own user space, which it scales for each screen; libraries must not scale them
        // again.
        System.setProperty("flatlaf.uiScale.enabled", "false");
        PlatformDefaults.setLogicalPixelBase(PlatformDefaults.BASE_REAL_PIXEL);
        FlatInterFont.install();
        FlatLaf.setPreferredFontFamily(FlatInterFont.FAMILY);
        FlatLaf.setPreferredSemiboldFontFamily(FlatInterFont.FAMILY_SEMIBOLD);
        boolean dark = dark();
        FlatLaf.setGlobalExtraDefaults(defaults(dark));
        FlatLaf.setup(dark ? new FlatDarkLaf() : new FlatLightLaf());
        FlatLaf.updateUI();
    }

    private boolean dark() {
        return switch (this) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> desktopIsDark();
        };
    }

    /// Java learns of the desktop's taste only as the name of its GTK theme; where there is none, light.
    private static boolean desktopIsDark() {
        Object name = Toolkit.getDefaultToolkit().getDesktopProperty("gnome.Net/ThemeName");
        return name != null && name.toString().toLowerCase(Locale.ROOT).contains("dark");
    }

    private static Map<String, String> defaults(boolean dark) {
        Map<String, String> defaults = new HashMap<>();
        defaults.put("defaultFont", "14");
        defaults.put("@background", Tone.GROUND.css(dark));
        defaults.put("@foreground", Tone.INK.css(dark));
        defaults.put("@accentColor", Tone.ACCENT.css(dark));
        defaults.put("Component.borderColor", Tone.LINE.css(dark));
        defaults.put("Component.arc", "8");
        defaults.put("Button.arc", "8");
        defaults.put("TextComponent.arc", "8");
        defaults.put("TextField.placeholderForeground", Tone.FAINT.css(dark));
        defaults.put("TextField.background", Tone.GROUND.css(dark));
        defaults.put("TextArea.background", Tone.GROUND.css(dark));
        defaults.put("ScrollBar.width", "10");
        defaults.put("ScrollBar.track", Tone.GROUND.css(dark));
        defaults.put("ScrollPane.background", Tone.GROUND.css(dark));
        defaults.put("ToolTip.background", Tone.INK.css(dark));
        defaults.put("ToolTip.foreground", Tone.GROUND.css(dark));
        return defaults;
    }
}

package org.chancery.console;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/// What is wrong with a file, for people: the JDK often says nothing but its name.
public final class FileTrouble {
    private FileTrouble() {}

    /// In words; the exception's own where it is not about a file.
    public static String inWords(IOException e) {
        return switch (e) {
            case NoSuchFileException none -> "no such file: " + none.getFile();
            case FileSystemException file -> "cannot use " + file.getFile() + ": " + why(file);
            default -> String.valueOf(e.getMessage());
        };
    }

    private static String why(FileSystemException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NotDirectoryException _ -> "not a directory";
            case DirectoryNotEmptyException _ -> "a directory that is not empty";
            default -> Optional.ofNullable(e.getReason()).orElse("not a file to be read or written");
        };
    }
}

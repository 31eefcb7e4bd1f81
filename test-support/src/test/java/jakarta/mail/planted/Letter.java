package jakarta.mail.planted;

/** Planted. */
public final class Letter {

}

/** The browser's own notifications, as far as it has them and its user allows them. */

/** @returns {typeof Notification | undefined} a page that is not secure, or is another's frame, has none */
const browser = () => globalThis.Notification;

export class Notifier {
  /** May the user be asked? Nobody asks who has answered. */
  get mayAsk() {
    return browser()?.permission === "default";
  }

  /** @returns {Promise<boolean>} the user has allowed them */
  async ask() {
    return (await browser()?.requestPermission()) === "granted";
  }

  /**
   * One for a page that is not seen; it takes the place of the one before of the same subject.
   * @param {string} subject @param {string} title @param {string} body
   */
  show(subject, title, body) {
    const Made = browser();
    if (Made?.permission !== "granted" || !document.hidden) return;
    try {
      const shown = new Made(title, { body, tag: `zwsnb ${subject}` });
      shown.onclick = () => window.focus();
    } catch (error) {
      // A telephone's browser has them for service workers only.
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

// Tells the bench that a bot is ready, and from then on how much CPU it has used when it is asked.

/** To be called once the bot takes commands. */
export function ready(): void {
  process.send?.({ ready: performance.now(), rss: process.memoryUsage.rss() });
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: user + system });
  });
}

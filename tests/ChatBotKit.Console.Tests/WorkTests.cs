using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>Work that has failed for good stays until the owner decides.</summary>
public sealed class WorkTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    [Fact]
    public async Task FailedWork_IsTriedAgain_OrDropped()
    {
        await FailAsync("first");
        await FailAsync("second");
        var tab = await SignedInAsync();
        await tab.GoAsync("/");
        await tab.FollowAsync($"{BlobQueries.RemovalKind}: The directory can't be written");
        await tab.SeesAsync("The directory can't be written");

        await tab.ClickAsync($"Drop {BlobQueries.RemovalKind} first");
        await tab.SeesAsync("Dropped.");
        await tab.ClickAsync($"Try again {BlobQueries.RemovalKind} second");
        await tab.SeesAsync("The work will be tried again.");

        // The second attempt succeeds, because the files that it deletes do not exist.
        await tab.GoAsync("/work?state=dead");
        await tab.SeesAsync("No match");
        tab.AssertNoProblems();
    }

    /// <summary>Stores work as it is after its last attempt has failed.</summary>
    private async Task FailAsync(string key) => await Server.Store.ExecuteAsync(
        """
        INSERT INTO "DueWork" ("Kind", "Key", "DueAt", "ScheduledAt", "Token", "Attempt", "Payload", "LastError", "LastErrorAt", "CreatedAt")
        VALUES ($1, $2, NULL, 1, 1, 10, 'nothere', 'The directory can''t be written', 1, 1)
        """,
        BlobQueries.RemovalKind,
        key);
}

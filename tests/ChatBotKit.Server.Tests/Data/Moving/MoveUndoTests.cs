using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>A move that is undone or interrupted: at any time at most one of the databases can be used, and no row is lost.</summary>
public sealed class MoveUndoTests : MovingTests
{
    private const string Unmark = """DELETE FROM "Schema" WHERE "Number" = 2147483647""";

    private const string Interrupt =
        """UPDATE "Schema" SET "Number" = 2147483647, "ReadableFrom" = 2147483647, "Name" = replace("Name", 'Moved', '*') WHERE "Number" = 0""";

    [Fact]
    public async Task Undo_BeforeAWrite_GivesTheFileBack()
    {
        var conversation = await MakeSourceAsync();
        await MoveWholeAsync();
        // A server that starts and stops writes only what every start writes.
        await (await StartAsync(isMoved: true)).DisposeAsync();

        await MoveWholeAsync("--undo");

        await AssertRefusedStartAsync("its move was undone");
        await AssertHoldsAsync(conversation, isMoved: false);
        await MoveWholeAsync();
        await AssertHoldsAsync(conversation, isMoved: true);
    }

    [Fact]
    public async Task Undo_AfterAWrite_IsRefused()
    {
        var conversation = await MakeSourceAsync();
        await MoveWholeAsync();
        await using (var app = await StartAsync(isMoved: true))
        {
            using var owner = ServerFactory.ClientOf(app);
            await owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/update", """{"name":"changed"}""");
        }

        await AssertRefusedAsync("was written after the move (in the table Conversations)", "--undo");

        await AssertHoldsAsync(conversation, isMoved: true);
    }

    [Fact]
    public async Task Undo_BesideARunningServer_IsRefused()
    {
        await MakeSourceAsync();
        await MoveWholeAsync();
        await using var store = await OpenAsync(NewDirectory());

        await AssertRefusedAsync("Another server runs on the PostgreSQL database", "--undo");
    }

    [Fact]
    public async Task Undo_WithoutAMove_IsRefused()
    {
        await MakeSourceAsync();

        await AssertRefusedAsync("was not moved", "--undo");
    }

    [Fact]
    public async Task Undo_WithAnotherDatabase_IsRefused()
    {
        await MakeSourceAsync();
        await MoveWholeAsync();
        var other = await TestStore.CreateEmptyDatabaseAsync();
        try
        {
            var (code, output) = await MoveToAsync(other, "--undo");
            var (again, _) = await MoveToAsync(other);

            Assert.Equal((1, 1), (code, again));
            Assert.Contains("does not hold the rows", output, StringComparison.Ordinal);
        }
        finally
        {
            await TestStore.DeleteDatabaseAsync(other);
        }
    }

    [Fact]
    public async Task KillBeforeTheFileIsMarked_StartsOver()
    {
        await MakeSourceAsync();
        await MoveWholeAsync();
        await RunAsync(Interrupt.Replace("*", "Moving", StringComparison.Ordinal));
        Execute(Unmark);

        await AssertRefusedStartAsync("is not complete. Run --migrate-to again");
        // The file is in use again, so a later write must be moved too.
        string later;
        await using (var app = await StartAsync())
        {
            using var owner = ServerFactory.ClientOf(app);
            later = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "conversation/create", """{"name":"Grüße"}"""));
        }

        await MoveWholeAsync();
        await AssertHoldsAsync(later, isMoved: true);
    }

    [Fact]
    public async Task KillAfterTheFileIsMarked_IsFinished()
    {
        var conversation = await MakeSourceAsync();
        await MoveWholeAsync();
        await RunAsync(Interrupt.Replace("*", "Moving", StringComparison.Ordinal));

        await AssertRefusedStartAsync("is not complete");
        await Assert.ThrowsAsync<StartupException>(() => StartAsync());
        await MoveWholeAsync();

        await AssertHoldsAsync(conversation, isMoved: true);
    }

    [Fact]
    public async Task KillInTheUndo_IsFinishedByTheNextOne()
    {
        var conversation = await MakeSourceAsync();
        await MoveWholeAsync();
        await RunAsync(Interrupt.Replace("*", "Returned", StringComparison.Ordinal));

        await AssertRefusedAsync("is being undone");
        await MoveWholeAsync("--undo");

        await AssertHoldsAsync(conversation, isMoved: false);
    }

    private async Task AssertRefusedStartAsync(string expected)
    {
        var refusal = await Assert.ThrowsAsync<StartupException>(() => StartAsync(isMoved: true));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    private async Task AssertHoldsAsync(string conversation, bool isMoved)
    {
        await using var app = await StartAsync(isMoved);
        using var owner = ServerFactory.ClientOf(app);
        Assert.NotEqual("", (await owner.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/fetch")).Text("name"));
    }
}

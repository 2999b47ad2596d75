using System.Diagnostics;
using Npgsql;

namespace ChatBotKit.Faults.Moving;

/// <summary>
/// <c>--migrate-to</c> is killed with SIGKILL. Until everything is on PostgreSQL, the SQLite file can be used. The same command, started
/// again, moves everything, and nothing twice.
/// </summary>
public sealed class InterruptedMoveTests : MoveRunTests
{
    /// <summary>No kill begins after this time, so that a slow machine checks less instead of running longer.</summary>
    private static readonly TimeSpan TimeLimit = Form.Pick(TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(10));

    [Theory]
    [InlineData("CREATE TABLE", "when the first table is created")]
    [InlineData("CREATE INDEX", "when all is copied and the first index is created")]
    public async Task Kill_InTheTransaction_LeavesNothing(string command, string moment)
    {
        await using var hold = await HoldAsync(command);
        await using (var move = LaunchMove())
        {
            await hold.WaitUntilBlockedAsync();
            await move.KillAsync();
        }

        await hold.ReleaseAsync();

        Assert.False(await IsFileRefusedAsync(), moment);
        await MoveToTheEndAsync();
    }

    /// <summary>The test holds the write lock of the file, so that its mark can't be written.</summary>
    [Fact]
    public async Task Kill_BeforeTheFileIsMarked_LeavesItInUse()
    {
        await using var hold = await HoldAsync("CREATE INDEX");
        await using (var move = LaunchMove())
        {
            await hold.WaitUntilBlockedAsync();
            await using var file = await LockFileAsync();
            await hold.ReleaseAsync();
            await UntilAsync(async () => await StateAsync() == "Moving");
            await move.KillAsync();
        }

        Assert.False(await IsFileRefusedAsync());
        await MoveToTheEndAsync();
    }

    /// <summary>The test locks the table with the mark of PostgreSQL, so that it can't be changed.</summary>
    [Fact]
    public async Task Kill_AfterTheFileIsMarked_IsFinishedByTheNextMove()
    {
        await using var hold = await HoldAsync("CREATE INDEX");
        await using var connection = new NpgsqlConnection($"{Target};Pooling=false");
        await using (var move = LaunchMove())
        {
            await hold.WaitUntilBlockedAsync();
            await using (await LockFileAsync())
            {
                await hold.ReleaseAsync();
                await UntilAsync(async () => await StateAsync() == "Moving");
                await connection.OpenAsync(Token);
                await using var command = new NpgsqlCommand("""BEGIN; LOCK TABLE "Schema" IN SHARE MODE""", connection);
                await command.ExecuteNonQueryAsync(Token);
            }

            await UntilAsync(IsFileRefusedAsync);
            await move.KillAsync();
        }

        await connection.CloseAsync();

        // The file is refused, so the other database must have everything.
        await AssertWholeAsync();
        await MoveToTheEndAsync();
    }

    [Fact]
    public async Task Kill_AtAnyTime_IsMadeUpForByTheNextMove()
    {
        var seed = Form.Seed ?? Random.Shared.Next();
        Form.Report($"CHATBOTKIT_SEED={seed}");
        var (random, watch) = (new Random(seed), Stopwatch.StartNew());
        await MoveToTheEndAsync();
        var moveTime = watch.Elapsed;
        watch.Restart();
        for (int count = 0, kills = Form.Pick(4, 120); count < kills && (count == 0 || watch.Elapsed < TimeLimit); count++)
        {
            await MoveToTheEndAsync("--undo");
            await using (var move = LaunchMove())
            {
                await Task.Delay(moveTime * random.NextDouble(), Token);
                await move.KillAsync();
            }

            if (await IsFileRefusedAsync())
                await AssertWholeAsync();
            await MoveToTheEndAsync();
        }
    }
}

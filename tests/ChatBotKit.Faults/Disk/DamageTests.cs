using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Sqlite;

namespace ChatBotKit.Faults.Disk;

/// <summary>Overwritten pages of the database, and a truncated write-ahead log.</summary>
[OfFiles]
public sealed class DamageTests : IDisposable
{
    private const int Messages = 200;

    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-damage-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Page_DamagedBeforeTheStart_IsReportedAndNeverReadAsSomethingElse()
    {
        await using (var store = await Files.OpenWithConversationAsync(_directory))
            await AddAllAsync(store);
        var (refused, unread, whole) = (0, 0, 0);
        var pages = Files.PagesIn(_directory);
        for (var page = 0; page < pages; page += IsStepped(page) ? Form.Pick(17, 1) : 1)
        {
            var copy = Files.Copy(_directory);
            Files.Overwrite(copy, page);
            switch (await LookAsync(copy))
            {
                case null:
                    refused++;
                    break;
                case true:
                    whole++;
                    break;
                default:
                    unread++;
                    break;
            }

            Directory.Delete(copy, recursive: true);
        }

        Form.Report($"of {pages} pages: {refused} refused at the start, {unread} reported when read, {whole} not needed by what was read");
        Assert.True(refused > 0 && unread > 0, "No damage was noticed.");
    }

    [Fact]
    public async Task Page_DamagedWhileTheStoreIsOpen_IsReportedWhenItIsRead()
    {
        await using (var store = await Files.OpenWithConversationAsync(_directory))
            await AddAllAsync(store);
        await using var running = await Files.OpenAsync(_directory);
        await running.CheckAsync(Token);
        // All pages after the roots of the tables, so that the next read finds the damage.
        for (var page = Files.PagesIn(_directory) / 3; page < Files.PagesIn(_directory); page++)
            Files.Overwrite(_directory, page);

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => Files.PositionsAsync(running));

        Assert.True(failure.IsDamage);
        var unready = await Assert.ThrowsAsync<StoreUnavailableException>(() => running.CheckAsync(Token));
        Assert.True(unready.IsDamage);
    }

    [Fact]
    public async Task Log_CutAnywhere_OpensWithAllThatWasStoredBefore()
    {
        await using var store = await Files.OpenWithConversationAsync(_directory);
        var ends = new List<long>();
        var log = new FileInfo(Files.DatabaseIn(_directory) + "-wal");
        var begin = log.Length;
        for (var position = 1; position <= 30; position++)
        {
            await Files.AddAsync(store, position);
            log.Refresh();
            ends.Add(log.Length);
        }

        var random = new Random(Form.Seed ?? 20261);
        for (var attempt = 0; attempt < Form.Pick(20, 1_000); attempt++)
        {
            var length = random.NextInt64(log.Length + 1);
            var copy = Files.Copy(_directory);
            using (var cut = new FileStream(Files.DatabaseIn(copy) + "-wal", FileMode.Open))
                cut.SetLength(length);

            await CheckAsync(copy, ends.Count(end => end <= length), mayBeRefused: length < begin);
            Directory.Delete(copy, recursive: true);
        }
    }

    private static async Task CheckAsync(string directory, int stored, bool mayBeRefused)
    {
        try
        {
            await using var survivor = await Files.OpenAsync(directory);
            Assert.Equal(Enumerable.Range(1, stored).Select(one => (long)one), await Files.PositionsAsync(survivor));
        }
        catch (StartupException exception) when (mayBeRefused)
        {
            // Even the tables were in the part that is missing.
            Assert.Contains("-wal", exception.Message, StringComparison.Ordinal);
            return;
        }

        Files.CheckIntegrity(directory);
    }

    // Every page of the schema and of the small tables, then samples of the messages.
    private static bool IsStepped(int page) => page > 8;

    private static async Task AddAllAsync(SqliteStore store)
    {
        for (var position = 1; position <= Messages; position++)
            await Files.AddAsync(store, position);
    }

    /// <summary>
    /// Returns null when the store did not open, true when all stored data is there, and false when a read failed with an error.
    /// </summary>
    private static async Task<bool?> LookAsync(string directory)
    {
        try
        {
            await using var store = await Files.OpenAsync(directory);
            try
            {
                Assert.Equal(Messages, (await Files.PositionsAsync(store)).Count);
                return true;
            }
            catch (StoreUnavailableException)
            {
                await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(Token));
                return false;
            }
        }
        catch (StartupException exception)
        {
            Assert.Contains("Restore it", exception.Message, StringComparison.Ordinal);
            return null;
        }
    }
}

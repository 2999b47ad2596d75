using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using BenchmarkDotNet.Attributes;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Data.Sqlite;
using ChatBotKit.Server.Features.Conversations.Messages;
using ChatBotKit.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBotKit.Bench.Pieces;

/// <summary>Stores messages in a SQLite file, and reads and writes a page of messages.</summary>
public class StoreBenchmarks
{
    private const string ConversationId = "conversation";
    private const int Together = 64;
    private const int Page = 25;

    private static readonly JsonTypeInfo<MessageItem> Item =
        (JsonTypeInfo<MessageItem>)ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(MessageItem));

    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-bench-").FullName;
    private readonly DefaultHttpContext _context = new();
    private IReadOnlyList<MessageItem> _page = [];
    private SqliteStore _store = null!;
    private long _position;

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _store = await SqliteStore.OpenAsync(
            new StoreOptions { DataDirectory = _directory }, new ChangeFeed(), TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        await _store.CommitAsync(new WriteSet
        {
            Conversation = new ConversationRow { Id = ConversationId, AccountId = "account", CreatedAt = 1, UpdatedAt = 1 },
        });
        for (var i = 0; i < Page; i++)
            await CommitAsync();
        var rows = await _store.ListMessagesAsync(ConversationId, cursor: null, descending: false, Page, ListPage.PieceCharacters, CancellationToken.None);
        _page = [.. rows.Select(row => row.ToItem())];
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Benchmark(Description = "Commit a message, alone")]
    public Task CommitOne() => CommitAsync();

    [Benchmark(Description = "Commit a message, 64 at once", OperationsPerInvoke = Together)]
    public Task CommitMany() => Task.WhenAll(Enumerable.Range(0, Together).Select(_ => CommitAsync()));

    [Benchmark(Description = "Read a page of 25 messages")]
    public async Task<int> ReadPage() =>
        (await _store.ListMessagesAsync(ConversationId, cursor: null, descending: true, Page, ListPage.PieceCharacters, CancellationToken.None)).Count;

    [Benchmark(Description = "Write a page of 25 messages")]
    public async Task WritePage()
    {
        using var writer = new JsonPageWriter<MessageItem>(_context.Response, Item);
        writer.Begin();
        await writer.WriteAsync(_page, CancellationToken.None);
        await writer.EndAsync(cursor: null, CancellationToken.None);
    }

    private Task CommitAsync()
    {
        var position = ++_position;
        return _store.CommitAsync(new WriteSet
        {
            Messages =
            [
                new MessageRow
                {
                    Id = position.ToString("D24", CultureInfo.InvariantCulture),
                    ConversationId = ConversationId,
                    Position = position,
                    Type = "user",
                    Text = "Which flowers last longest in a vase?",
                    CreatedAt = position,
                    UpdatedAt = position,
                },
            ],
        });
    }
}

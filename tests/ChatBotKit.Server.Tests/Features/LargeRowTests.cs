using System.IO.Pipelines;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Lists of rows of a size that only earlier versions accepted.</summary>
public sealed class LargeRowTests
{
    private static readonly string Meta = $$"""{"a":"{{new string('x', 1_500_000)}}"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task JsonPage_EndsEarlyWithACursor_AndThePagesHaveEverything()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        await AddMessagesAsync(server, id, count: 8);
        using var holder = await server.SessionAsync(id);
        foreach (var client in (HttpClient[])[server.Owner, holder])
        {
            var counts = new List<int>();
            var ids = new HashSet<string>();
            string? cursor = "";
            while (cursor is not null)
            {
                var page = await client.ReadAsync(HttpMethod.Get, $"conversation/{id}/message/list?cursor={cursor}");
                counts.Add(page.Items().Count());
                ids.UnionWith(page.Ids());
                cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
            }

            Assert.Equal([3, 3, 2, 0], counts);
            Assert.Equal(8, ids.Count);
        }
    }

    [Theory]
    [InlineData("application/jsonl")]
    [InlineData("text/event-stream")]
    [InlineData("text/csv")]
    public async Task Stream_HasEverything(string accept)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        await AddMessagesAsync(server, id, count: 8);

        var text = await server.Owner.ReadTextAsync($"conversation/{id}/message/list", accept);

        Assert.InRange(text.Length, 8 * Meta.Length, 9 * Meta.Length);
        Assert.All(Enumerable.Range(1, 8), number => Assert.Contains($"\"large-{number}\"", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ConversationList_AndExport_HaveEverythingToo()
    {
        await using var server = await FeatureServer.StartAsync();
        var account = await server.Server.OwnerAccountIdAsync();
        for (var number = 1; number <= 6; number++)
        {
            await server.Server.Store.CommitAsync(new WriteSet
            {
                Conversation = new ConversationRow
                {
                    Id = $"large-{number}",
                    AccountId = account,
                    Backstory = Meta,
                    CreatedAt = number,
                    UpdatedAt = number,
                },
            });
            await AddMessagesAsync(server, $"large-{number}", count: 1);
        }

        foreach (var path in (string[])["conversation/list", "conversation/export"])
        {
            var page = await server.GetAsync(path);
            Assert.InRange(page.Items().Count(), 1, 3);
            var rest = await server.GetAsync($"{path}?cursor={page.Text("cursor")}");
            Assert.Empty(page.Ids().Intersect(rest.Ids()));
            var lines = await server.Owner.ReadTextAsync(path, "application/jsonl");
            Assert.Equal(6, lines.Count(character => character == '\n'));
        }
    }

    /// <summary>While a client does not read, the list waits with only a piece of it in memory, not with the whole page.</summary>
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/jsonl")]
    [InlineData("text/csv")]
    public async Task ListWhoseReaderDoesNotRead_IsNotReadFromItsSource(string accept)
    {
        await using var server = await FeatureServer.StartAsync();
        var asked = 0;
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024));
        var context = new DefaultHttpContext { RequestServices = server.Server.App.Services };
        context.Request.Headers.Accept = accept;
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(pipe.Writer.AsStream()));
        var query = await ListQuery.BindAsync(context);
        var list = new ListResult<MessageItem>(
            query!,
            (page, _) => Task.FromResult(new ListPiece<MessageItem>([Item(++asked)], MayGoOn: asked < 100)),
            item => item.Id);

        var writing = list.ExecuteAsync(context);

        Assert.False(writing.IsCompleted);
        Assert.InRange(asked, 1, 2);
        await ReadAllAsync(pipe.Reader, writing);
        Assert.InRange(asked, accept == "application/json" ? 16 : 100, 100);
    }

    private static async Task ReadAllAsync(PipeReader reader, Task writing)
    {
        while (!writing.IsCompleted)
        {
            var reading = reader.ReadAsync(Token).AsTask();
            if (await Task.WhenAny(reading, writing) == writing && !reading.IsCompleted)
                break;
            reader.AdvanceTo((await reading).Buffer.End);
        }

        await writing;
    }

    private static MessageItem Item(int number) => new()
    {
        Id = $"m{number}",
        Type = MessageType.User,
        Text = new string('x', 256 * 1024),
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    private static Task AddMessagesAsync(FeatureServer server, string conversationId, int count) =>
        server.Server.Store.CommitAsync(new WriteSet
        {
            Messages =
            [
                .. Enumerable.Range(1, count).Select(number => new MessageRow
                {
                    Id = count == 1 ? $"{conversationId}-m" : $"large-{number}",
                    ConversationId = conversationId,
                    Position = number,
                    Type = "user",
                    Text = "a",
                    Meta = Meta,
                    CreatedAt = number,
                    UpdatedAt = number,
                }),
            ],
        });
}

using System.Diagnostics;
using ChatBotKit;
using Quickstart;

// A backend, a session, and a client that has only the token of the session.

await using var server = await QuickstartServer.StartAsync(args);
Console.WriteLine($"Server      {server.Address}{(server.IsOurs ? " (in this process, data in a temporary folder)" : "")}");

// The backend has the secret. It stores the knowledge in a dataset, a record for each paragraph.
var backend = new ChatBotKitClientOptions { Secret = server.Secret, BaseUrl = server.Address };
var api = new ChatBotKitApi(backend);
var dataset = await api.Dataset.CreateAsync(new DatasetCreateRequest { Name = "The flower shop" });
var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "knowledge.md"));
var paragraphs = text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
foreach (var paragraph in paragraphs)
    await api.Dataset.Record.CreateAsync(dataset.Id, new RecordCreateRequest { Text = paragraph, Source = "knowledge.md" });
Console.WriteLine($"Dataset     {dataset.Id}, {paragraphs.Length} records");

// Then it creates a conversation that answers from the dataset, and a session for it.
var conversation = await api.Conversation.CreateAsync(new ConversationCreateRequest { Name = "Quickstart", DatasetId = dataset.Id });
Console.WriteLine($"Talk        {conversation.Id}");

var session = await new SessionClient(backend).CreateAsync(conversation.Id, new SessionCreateRequest { DurationInSeconds = 1800 });
Console.WriteLine($"Session     valid until {session.ExpiresAt:u}, token of {session.Token.Length} characters");

// The browser or phone gets only the token.
var client = new ConversationClient(backend with { Secret = session.Token });
foreach (var question in new[] { "When are you open on Saturday?", "How much is shipping, and how long does it take?" })
{
    Console.WriteLine();
    Console.WriteLine($"You  {question}");
    Console.Write("Bot  ");
    await AskAsync(client, session.Id, question);
}

Console.WriteLine();
await ShowThatItIsRefusedAsync("read the settings of its conversation", () => client.FetchAsync(session.Id));
await ShowThatItIsRefusedAsync("list conversations", async () => await client.ListAsync());
await ShowThatItIsRefusedAsync("open a session", () => client.Session.CreateAsync(session.Id));
var other = await api.Conversation.CreateAsync();
await ShowThatItIsRefusedAsync("talk to another conversation", async () =>
    await client.CompleteAsync(other.Id, new ConversationCompleteMessageRequest { Text = "Hello" }));
return 0;

static async Task AskAsync(ConversationClient client, string conversationId, string question)
{
    var start = Stopwatch.GetTimestamp();
    TimeSpan? first = null;
    await foreach (var text in client.StreamTextAsync(conversationId, new ConversationCompleteMessageRequest { Text = question }))
    {
        first ??= Stopwatch.GetElapsedTime(start);
        Console.Write(text);
    }
    Console.WriteLine();
    Console.WriteLine($"     (first token after {first?.TotalMilliseconds:0} ms, whole answer after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms)");
}

static async Task ShowThatItIsRefusedAsync(string what, Func<Task> attempt)
{
    try
    {
        await attempt();
    }
    catch (ChatBotKitException refusal) when (refusal.Code == ErrorCodes.NotAuthenticated)
    {
        Console.WriteLine($"The token may not {what}: {(int)refusal.StatusCode!} {refusal.Code}");
        return;
    }
    throw new InvalidOperationException($"The token was allowed to {what}.");
}

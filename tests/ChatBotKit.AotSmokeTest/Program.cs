using ChatBotKit;
using ChatBotKit.AotSmokeTest;

// Compiled ahead of time, this program can't create types by reflection. So what works here works in every published program.
using var http = new HttpClient(new FakeServer());
var api = new ChatBotKitApi(new ChatBotKitClientOptions { Secret = "sk-smoke", BaseUrl = new Uri("http://localhost"), HttpClient = http, Retries = 0 });

var conversation = await api.Conversation.CreateAsync(new ConversationCreateRequest { BotId = "b1" });
Require(conversation.Id == "c1" && conversation.AdditionalProperties!.ContainsKey("fromTheFuture"), "create");

var updated = await api.Conversation.UpdateAsync("c1", new ConversationUpdateRequest { Name = Optional<string>.Null, Privacy = true });
Require(updated.Id == "c1", "update");

var session = await api.Conversation.Session.CreateAsync("c1", new SessionCreateRequest { DurationInSeconds = 3600 });
Require(session.ExpiresAt == DateTimeOffset.FromUnixTimeMilliseconds(1767225600000), "session");

var text = "";
var unknown = 0;
await foreach (var item in api.Conversation.CompleteAsync("c1", new ConversationCompleteMessageRequest { Text = "Hello" }))
{
    text += (item as TokenEvent)?.Token;
    unknown += item is UnknownEvent ? 1 : 0;
}

Require(text == "Hi there" && unknown == 1, "complete");

var page = await api.Conversation.Message.ListAsync("c1");
Require(page.Items[0].Type == MessageType.Bot && page.Cursor == "m1", "list");

var streamed = 0;
await foreach (var item in api.Conversation.ListAsync())
    streamed += item.Id == "c1" ? 1 : 0;
Require(streamed == 1, "streamed list");

var code = "";
try
{
    await api.Conversation.FetchAsync("c2");
}
catch (ChatBotKitException exception)
{
    code = exception.Code;
}

Require(code == ErrorCodes.NotFound, "error");
Console.WriteLine("AOT OK");
return 0;

static void Require(bool condition, string what)
{
    if (!condition)
        throw new InvalidOperationException($"{what} does not work when compiled ahead of time.");
}

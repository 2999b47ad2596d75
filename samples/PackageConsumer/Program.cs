using ChatBotKit;
using PackageConsumer;

// What a program does that has nothing but the package: a session, a streamed answer, an error.
using var http = new HttpClient(new CannedAnswers());
var options = new ChatBotKitClientOptions { Secret = "sk-consumer", BaseUrl = new Uri("http://localhost"), HttpClient = http, Retries = 0 };
var api = new ChatBotKitApi(options);

var session = await api.Conversation.Session.CreateAsync("c1", new SessionCreateRequest { DurationInSeconds = 3600 });
Require(session.Token == "a.b.c", "the session");

var client = new ConversationClient(options with { Secret = session.Token });
var text = "";
await foreach (var happened in client.CompleteAsync(session.Id, new ConversationCompleteMessageRequest { Text = "Hello" }))
    text += (happened as TokenEvent)?.Token;
Require(text == "Hi there", "the streamed answer");

try
{
    await client.FetchAsync("c2");
    Require(false, "the error");
}
catch (ChatBotKitException refusal)
{
    Require(refusal.Code == ErrorCodes.NotFound, "the code of the error");
}

Console.WriteLine("Package OK");

static void Require(bool condition, string what)
{
    if (!condition)
        throw new InvalidOperationException($"In a program that has only the package, {what} is not what it should be.");
}

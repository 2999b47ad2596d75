using ChatBotKit;
using ChatBotKit.Testing;

// Uses the packages like an independent program: a session, a streamed answer, an error.
var api = new ScriptedApi()
    .On("POST /api/v1/conversation/{id}/session/create",
        new SessionCreateResponse { Id = "c1", Token = "a.b.c", ExpiresAt = DateTimeOffset.UnixEpoch })
    .On("POST /api/v1/conversation/{id}/complete", ScriptedAnswer.OfRun(ScriptedRun.Saying("Hi there")))
    .On("GET /api/v1/conversation/{id}/fetch", ScriptedAnswer.OfError(404, ErrorCodes.NotFound))
    .CreateClient();

var session = await api.Conversation.Session.CreateAsync("c1", new SessionCreateRequest { DurationInSeconds = 3600 });
Require(session.Token == "a.b.c", "the session");

var text = "";
await foreach (var happened in api.Conversation.CompleteAsync(session.Id, new ConversationCompleteMessageRequest { Text = "Hello" }))
    text += (happened as TokenEvent)?.Token;
Require(text == "Hi there", "the streamed answer");

try
{
    await api.Conversation.FetchAsync(session.Id);
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
        throw new InvalidOperationException($"In a program that has only the packages, {what} is not what it should be.");
}

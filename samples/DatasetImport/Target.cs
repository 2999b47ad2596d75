using ChatBotKit;
using ChatBotKit.Testing;

namespace DatasetImport;

/// <summary>The target of the import: the API in the environment, or a scripted one.</summary>
internal static class Target
{
    public static (ChatBotKitApi Api, Rehearsal? Rehearsal) Choose()
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CHATBOTKIT_API_SECRET")))
            return (new ChatBotKitApi(ChatBotKitClientOptions.FromEnvironment()), null);
        var rehearsal = new Rehearsal();
        return (rehearsal.CreateClient(), rehearsal);
    }
}

/// <summary>
/// A scripted API that stores nothing. It lets the sample run without a server.
/// </summary>
internal sealed class Rehearsal
{
    private const string Create = "POST /api/v1/dataset/{id}/record/create";

    private readonly ScriptedApi _script = new ScriptedApi()
        .On("POST /api/v1/dataset/create", new IdResponse { Id = "rehearsal" })
        // When the server is busy, the SDK waits and sends the record again.
        .On(Create, ScriptedAnswer.OfError(503, ErrorCodes.ServiceUnavailable), ScriptedAnswer.Of(new IdResponse { Id = "record" }));

    public ChatBotKitApi CreateClient() => _script.CreateClient();

    public bool HasReceived(IEnumerable<Section> sections)
    {
        var received = _script.RequestsOf(Create).Select(request => request.ReadBody<RecordCreateRequest>().Text);
        return received.ToHashSet().SetEquals(sections.Select(section => section.Text));
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit.Bench.Floors;

/// <summary>
/// The floor of the routes that store and list: no credential is checked, no conversation is looked up, and each call inserts one
/// row.
/// </summary>
internal sealed class RowFloor(GroupingWriter writer)
{
    private static readonly string JoseHeader = Base64Url.EncodeToString("""{"alg":"ES256","typ":"JWT","kid":"floor"}"""u8);

    private static readonly ECParameters Key = ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportParameters(includePrivateParameters: true);

    // An ECDsa object of OpenSSL is not guaranteed to be thread-safe.
    private static readonly ThreadLocal<ECDsa> Signer = new(() => ECDsa.Create(Key));

    private readonly RowReader _reader = new(writer.Path);
    private long _position;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/conversation/create", CreateConversationAsync);
        app.MapPost("/api/v1/conversation/{id}/message/create", CreateMessageAsync);
        app.MapPost("/api/v1/conversation/{id}/session/create", CreateSessionAsync);
        app.MapGet("/api/v1/conversation/{id}/message/list", _reader.ListAsync);
    }

    private async Task CreateConversationAsync(HttpContext context)
    {
        var request = await context.Request.ReadFromJsonAsync(FloorJson.Default.FloorConversation, context.RequestAborted);
        var id = await InsertAsync("account", request!.Model, request.Backstory);
        await context.Response.WriteAsJsonAsync(new FloorAnswer(id), FloorJson.Default.FloorAnswer);
    }

    private async Task CreateMessageAsync(HttpContext context)
    {
        var request = await context.Request.ReadFromJsonAsync(FloorJson.Default.FloorMessage, context.RequestAborted);
        var id = await InsertAsync((string)context.GetRouteValue("id")!, request!.Type, request.Text);
        await context.Response.WriteAsJsonAsync(new FloorAnswer(id), FloorJson.Default.FloorAnswer);
    }

    private async Task CreateSessionAsync(HttpContext context)
    {
        var request = await context.Request.ReadFromJsonAsync(FloorJson.Default.FloorSession, context.RequestAborted);
        var conversation = (string)context.GetRouteValue("id")!;
        var expiresAt = Now() + request!.DurationInSeconds * 1000L;
        var token = Sign($$"""{"sub":"{{conversation}}","jti":"{{NewId()}}","exp":{{expiresAt / 1000}},"aud":"floor","iss":"floor"}""");
        await InsertAsync(conversation, "session", "");
        await context.Response.WriteAsJsonAsync(new FloorSessionAnswer(conversation, token, expiresAt), FloorJson.Default.FloorSessionAnswer);
    }

    private async Task<string> InsertAsync(string parent, string type, string text)
    {
        var id = NewId();
        await writer.WriteAsync(RowTable.Insert(id, parent, Interlocked.Increment(ref _position), type, text, Now()));
        return id;
    }

    private static string Sign(string payload)
    {
        var signed = $"{JoseHeader}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{signed}.{Base64Url.EncodeToString(Signer.Value!.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string NewId() => Guid.NewGuid().ToString("N");

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}

internal sealed record FloorConversation(string Model, string Backstory);

internal sealed record FloorMessage(string Type, string Text);

internal sealed record FloorSession(int DurationInSeconds);

internal sealed record FloorTurn(string Model, string Text);

internal sealed record FloorAnswer(string Id);

internal sealed record FloorSessionAnswer(string Id, string Token, long ExpiresAt);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(FloorConversation))]
[JsonSerializable(typeof(FloorMessage))]
[JsonSerializable(typeof(FloorSession))]
[JsonSerializable(typeof(FloorTurn))]
[JsonSerializable(typeof(FloorAnswer))]
[JsonSerializable(typeof(FloorSessionAnswer))]
[JsonSerializable(typeof(FloorBot))]
[JsonSerializable(typeof(FloorBotChange))]
internal sealed partial class FloorJson : JsonSerializerContext;

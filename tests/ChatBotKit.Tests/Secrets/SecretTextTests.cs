using System.Text.Json.Nodes;
using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

public sealed class SecretTextTests
{
    private const string Hidden = "hidden-0123456789";

    public static TheoryData<object> Records =>
    [
        new SecretCreateRequest { Name = "shown", Value = Hidden, Config = new JsonObject { ["clientSecret"] = Hidden } },
        new SecretUpdateRequest { Name = "shown", Value = Hidden, Config = new JsonObject { ["clientSecret"] = Hidden } },
        new SecretItem { Id = "shown", Config = new JsonObject { ["password"] = Hidden }, CreatedAt = default, UpdatedAt = default },
        new SecretAuthenticateResponse { Id = "shown", Url = $"https://example.com/in?state={Hidden}" },
        new SecretAction { Type = "shown", Url = $"https://example.com/in?state={Hidden}" },
        new BotSessionCreateResponse { Id = "shown", ConversationId = "c1", Token = Hidden, ExpiresAt = default },
        new FileDownloadResponse { Url = $"https://shown.example.com/f1?sig={Hidden}" },
        new SpaceStorageDownloadResponse { Id = "shown", Url = $"https://example.com/f1?sig={Hidden}" },
    ];

    [Theory]
    [MemberData(nameof(Records))]
    public void Text_OfARecordWithACredential_DoesNotShowIt(object record)
    {
        var text = record.ToString()!;

        Assert.Contains("shown", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Hidden, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Api_WithSecrets_StillKnowsItsOwn()
    {
        var api = Clients.Api(new ScriptedHandler());

        Assert.IsType<SecretClient>(api.Secret);
        Assert.Equal(Clients.Secret, ((ChatBotKitClient)api).Secret);
        Assert.Equal(Clients.Secret, api.Secret.Secret);
    }
}

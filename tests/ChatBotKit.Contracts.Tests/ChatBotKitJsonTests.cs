using System.Text.Json;

namespace ChatBotKit.Contracts.Tests;

public sealed class ChatBotKitJsonTests
{
    [Theory]
    [InlineData("""{"durationInSeconds":1800,"surprise":1}""")]
    [InlineData("""{"durationInSeconds":"soon"}""")]
    public void Server_BadBody_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => Read<SessionCreateRequest>(json, ChatBotKitJson.ServerOptions));

    [Fact]
    public void Server_NullForRequiredText_IsRefused() =>
        Assert.Throws<JsonException>(() => Read<ConversationMessage>("""{"type":"user","text":null}""", ChatBotKitJson.ServerOptions));

    [Fact]
    public void Server_NumberAsString_IsRead() =>
        Assert.Equal(1800, Read<SessionCreateRequest>("""{"durationInSeconds":"1800"}""", ChatBotKitJson.ServerOptions).DurationInSeconds);

    [Fact]
    public void Server_UnsetFields_AreWrittenAsNull()
    {
        var item = new ConversationItem { Id = "c1", CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch };

        var json = JsonSerializer.SerializeToNode(item, ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(ConversationItem)))!.AsObject();

        Assert.True(json.TryGetPropertyValue("botId", out var botId));
        Assert.Null(botId);
        Assert.Equal(0, (long)json["createdAt"]!);
    }

    [Fact]
    public void Client_UnsetFields_AreLeftOut() =>
        Assert.Equal("""{"type":"user","text":"Hello"}""", Write(new ConversationMessage { Type = MessageType.User, Text = "Hello" }));

    [Fact]
    public void Text_WithUmlautsAndQuotes_IsWrittenWithoutNeedlessEscapes() =>
        Assert.Equal("""{"text":"Größe \"<b>\" 你好"}""", Write(new ConversationSendMessageRequest { Text = "Größe \"<b>\" 你好" }));

    [Fact]
    public void OpenString_Unknown_IsCarriedThrough()
    {
        var message = Read<ConversationMessage>("""{"type":"telepathy","text":""}""", ChatBotKitJson.ClientOptions);

        Assert.Equal(new MessageType("telepathy"), message.Type);
        Assert.Equal("""{"type":"telepathy","text":""}""", Write(message));
    }

    [Fact]
    public void OpenString_Known_SharesItsText() =>
        Assert.Same(MessageType.Bot.Value, Read<ConversationMessage>("""{"type":"bot","text":""}""", ChatBotKitJson.ClientOptions).Type.Value);

    [Theory]
    [InlineData("1767225600001", 1767225600001)]
    [InlineData("\"1767225600001\"", 1767225600001)]
    [InlineData("1767225600001.75", 1767225600001)]
    [InlineData("\"2026-01-01T00:00:00.001Z\"", 1767225600001)]
    public void Moment_InEveryAcceptedForm_IsRead(string json, long milliseconds) =>
        Assert.Equal(milliseconds, Read<ConversationCreateRequest>($$"""{"expiresAt":{{json}}}""", ChatBotKitJson.ServerOptions).ExpiresAt!.Value.ToUnixTimeMilliseconds());

    [Theory]
    [InlineData("1e300")]
    [InlineData("253402300800000")]
    [InlineData("\"tomorrow\"")]
    [InlineData("{}")]
    public void Moment_OutOfRange_IsRefusedAsJson(string json) =>
        Assert.Throws<JsonException>(() => Read<ConversationCreateRequest>($$"""{"expiresAt":{{json}}}""", ChatBotKitJson.ServerOptions));

    [Theory]
    [InlineData("\"c1\"")]
    [InlineData("""{"fingerprint":"0123456789abcdefg","name":"Ann"}""")]
    public void ContactReference_IdOrDetails_Survives(string reference)
    {
        var json = $$"""{"contactId":{{reference}}}""";

        Assert.Equal(json, Write(Read<ConversationCreateRequest>(json, ChatBotKitJson.ServerOptions)).Replace("\"name\":\"Ann\",\"fingerprint\":\"0123456789abcdefg\"", "\"fingerprint\":\"0123456789abcdefg\",\"name\":\"Ann\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"data:text/plain;base64,aGk=\"")]
    [InlineData("""{"type":"text/plain","size":2,"name":"a.txt"}""")]
    public void AttachmentFile_AddressOrDescription_Survives(string file)
    {
        var json = $$"""{"file":{{file}}}""";

        Assert.Equal(json, Write(Read<AttachmentUploadRequest>(json, ChatBotKitJson.ServerOptions)));
    }

    [Fact]
    public void Session_Printed_HidesItsToken()
    {
        var session = new SessionCreateResponse { Id = "c1", Token = "very-secret", ExpiresAt = DateTimeOffset.UnixEpoch };

        Assert.DoesNotContain("very-secret", session.ToString(), StringComparison.Ordinal);
        Assert.Contains("c1", session.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void PresignedRequest_Printed_HidesItsPermission()
    {
        var upload = new PresignedRequest { Method = "PUT", Url = "https://files.example.com/a1?sig=xyz", Headers = new Dictionary<string, string>() };

        Assert.Equal("PresignedRequest { Method = PUT, Url = https://files.example.com/a1 }", upload.ToString());
    }

    [Fact]
    public void ChannelMessage_OfADispatchedRun_GivesItsEvent()
    {
        var message = Read<ChannelMessageEvent>("""{"type":"message","data":{"type":"token","data":{"type":"bot","token":"Hi"}}}""", ChatBotKitJson.ClientOptions);

        Assert.True(message.TryReadRunEvent(out var runEvent));
        Assert.Equal("Hi", Assert.IsType<TokenEvent>(runEvent).Token);
    }

    [Theory]
    [InlineData("""{"result":{"tempC":21}}""")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":"token","data":{"token":5}}""")]
    [InlineData("[1]")]
    public void ChannelMessage_ThatIsNoEvent_GivesNone(string data)
    {
        var message = new ChannelMessageEvent { Data = JsonElement.Parse(data) };

        Assert.False(message.TryReadRunEvent(out var runEvent));
        Assert.Null(runEvent);
    }

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(T)));

    private static T Read<T>(string json, JsonSerializerOptions options) => (T)JsonSerializer.Deserialize(json, options.GetTypeInfo(typeof(T)))!;
}

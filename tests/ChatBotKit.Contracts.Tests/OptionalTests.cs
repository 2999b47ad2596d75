using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Contracts.Tests;

public sealed class OptionalTests
{
    [Fact]
    public void Update_WithoutFields_WritesAnEmptyObject() =>
        Assert.Equal("{}", Write(new ConversationUpdateRequest()));

    [Fact]
    public void Update_WithNull_WritesNull() =>
        Assert.Equal("""{"name":null,"privacy":null}""", Write(new ConversationUpdateRequest { Name = Optional<string>.Null, Privacy = Optional<bool>.Null }));

    [Fact]
    public void Update_WithValues_WritesThem() =>
        Assert.Equal(
            """{"name":"x","contactId":"c1","privacy":false,"expiresAt":0}""",
            Write(new ConversationUpdateRequest { Name = "x", ContactId = new ContactReference("c1"), Privacy = false, ExpiresAt = DateTimeOffset.UnixEpoch }));

    [Theory]
    [InlineData("{}", false, false, "old")]
    [InlineData("""{"name":null}""", true, false, null)]
    [InlineData("""{"name":"new"}""", true, true, "new")]
    public void Update_Read_TellsAbsentNullAndValueApart(string json, bool specified, bool hasValue, string? after)
    {
        var name = Read<ConversationUpdateRequest>(json, ChatBotKitJson.ServerOptions).Name;

        Assert.Equal(specified, name.IsSpecified);
        Assert.Equal(hasValue, name.HasValue);
        Assert.Equal(after, name.Or("old"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("false")]
    [InlineData("0")]
    [InlineData("\"\"")]
    public void FunctionResult_WithFalsyData_KeepsIt(string data)
    {
        var json = $$"""{"data":{{data}}}""";

        var result = Read<FunctionResult>(json, ChatBotKitJson.ServerOptions);

        Assert.True(result.Data.IsSpecified);
        Assert.Equal(json, Write(result));
    }

    [Fact]
    public void FunctionResult_WithChannelAlone_HasNoData()
    {
        var result = Read<FunctionResult>("""{"channel":"weather-7d1f0a92c3b4"}""", ChatBotKitJson.ServerOptions);

        Assert.False(result.Data.IsSpecified);
        Assert.Equal("""{"channel":"weather-7d1f0a92c3b4"}""", Write(result));
    }

    [Fact]
    public void NullValue_Converted_MeansNull()
    {
        JsonObject? meta = null;

        Optional<JsonObject> optional = meta;

        Assert.Equal(Optional<JsonObject>.Null, optional);
        Assert.NotEqual(default, optional);
    }

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(T)));

    private static T Read<T>(string json, JsonSerializerOptions options) => (T)JsonSerializer.Deserialize(json, options.GetTypeInfo(typeof(T)))!;
}

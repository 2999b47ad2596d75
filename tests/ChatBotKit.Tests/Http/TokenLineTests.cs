using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit.Tests.Http;

public sealed class TokenLineTests
{
    [Theory]
    [InlineData("""{"type":"token","data":{"type":"bot","token":"Hi"}}""")]
    [InlineData("""{"type":"token","data":{"type":"bot","token":"Hi \"you\" \u263a 🌷\n"},"createdAt":1767225600004,"id":12}""")]
    [InlineData("""{"type":"token","data":{"type":"bot","token":""},"id":1,"createdAt":0}""" + "\r")]
    [InlineData("""{"type":"reasoningToken","data":{"type":"bot","token":"hm"},"id":3}""")]
    public void OrdinaryLine_IsReadAsTheGeneralReaderReadsIt(string line)
    {
        Assert.True(TokenLine.TryRead(Encoding.UTF8.GetBytes(line), out var fast));

        Assert.Equal(General(line), fast);
    }

    [Theory]
    [InlineData("""{"data":{"type":"bot","token":"Hi"},"type":"token"}""")]
    [InlineData("""{"type":"token","data":{"token":"Hi","type":"bot"}}""")]
    [InlineData("""{"type":"token","data":{"type":"bot","token":"Hi","more":1}}""")]
    [InlineData("""{"type":"token","data":{"type":"user","token":"Hi"}}""")]
    [InlineData("""{"type":"token","data":{"type":"bot","token":"Hi"},"extra":true}""")]
    [InlineData("""{"type":"token","data":{"type":"bot","token":"Hi"},"createdAt":"soon"}""")]
    [InlineData("""{"type":"message","data":{"type":"bot","text":"Hi"}}""")]
    [InlineData("""{"type":"token"}""")]
    [InlineData("[]")]
    public void AnythingElse_IsLeftToTheGeneralReader(string line) =>
        Assert.False(TokenLine.TryRead(Encoding.UTF8.GetBytes(line), out _));

    private static RunEvent? General(string line) =>
        JsonSerializer.Deserialize(line, (JsonTypeInfo<RunEvent>)ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(RunEvent)));
}

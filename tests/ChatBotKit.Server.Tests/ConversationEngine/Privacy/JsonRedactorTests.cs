using ChatBotKit.Server.ConversationEngine.Privacy;

namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class JsonRedactorTests
{
    private readonly JsonRedactor _json = new(new TextRedactor(new PersonalDataFinder(["US"]), new Pseudonyms()));

    [Theory]
    [InlineData("""{"a":"x@y.org"}""", """{"a":"[EMAIL_1]"}""")]
    [InlineData("""{"x@y.org":["x@y.org",null,true,1.5e3]}""", """{"[EMAIL_1]":["[EMAIL_1]",null,true,1.5e3]}""")]
    [InlineData("""{"a":"\u0078@y.org \"é\""}""", """{"a":"[EMAIL_1] \"é\""}""")]
    [InlineData("""{"a":"{\"b\":\"x@y.org\"}"}""", """{"a":"{\"b\":\"[EMAIL_1]\"}"}""")]
    [InlineData("""{"card":4111111111111111}""", """{"card":"[CARD_1]"}""")]
    [InlineData("""{"phoneNumber":"03012345","phone":5551234,"id":5551234}""", """{"phoneNumber":"[PHONE_1]","phone":"[PHONE_2]","id":"[PHONE_2]"}""")]
    [InlineData("""{"phone":"on request","hotelId":"123456"}""", """{"phone":"on request","hotelId":"123456"}""")]
    [InlineData("x@y.org {", "[EMAIL_1] {")]
    [InlineData("", "")]
    public void Redact_Values_AreReplacedAndTheRestIsKept(string json, string expected)
    {
        _json.Read(json);

        Assert.Equal(expected, _json.Redact(json, withNumbers: true));
    }

    [Fact]
    public void Redact_NothingToReplace_IsTheSameString()
    {
        const string Json = """{ "a" : [ 1, "\u0041" ] }""";

        Assert.Same(Json, _json.Redact(Json, withNumbers: true));
    }

    [Fact]
    public void Redact_WithoutNumbers_KeepsThem()
    {
        const string Json = """{"maximum":4111111111111111}""";

        Assert.Equal(Json, _json.Redact(Json, withNumbers: false));
    }
}

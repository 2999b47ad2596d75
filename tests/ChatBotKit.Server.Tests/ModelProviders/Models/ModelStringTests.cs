using System.Globalization;
using System.Text.Json.Nodes;
using ChatBotKit.Server.ModelProviders.Models;
using CsCheck;

namespace ChatBotKit.Server.Tests.ModelProviders;

public sealed class ModelStringTests
{
    [Theory]
    [InlineData("gpt-5.4-mini", "gpt-5.4-mini")]
    [InlineData("llama3.2:3b", "llama3.2:3b")]
    [InlineData("meta-llama%2FLlama-3%2f8B", "meta-llama/Llama-3/8B")]
    [InlineData("{\"name\":\"openai/gpt-oss-20b\"}", "openai/gpt-oss-20b")]
    [InlineData("openai/gpt-4o", "openai/gpt-4o")]
    [InlineData("meta-llama/Llama-3/8B:free", "meta-llama/Llama-3/8B:free")]
    [InlineData(" {\"name\":\"gpt-4o\",\"config\":{}}", "gpt-4o")]
    public void Parse_NameAlone_KeepsItAndTheDefaults(string text, string name) =>
        Assert.Equal(new ModelReference { Name = name }, ModelString.Parse(text));

    [Theory]
    [InlineData(
        "gpt-4o/temperature=0.3/maxTokens=2000/interactionMaxMessages=5/frequencyPenalty=-2/presencePenalty=1.5"
        + "/reasoningEffort=low/seed=7/forceFunction=@first")]
    [InlineData(
        """
        {"name":"gpt-4o","config":{"temperature":0.3,"maxTokens":2e3,"interactionMaxMessages":"5","frequencyPenalty":-2,
          "presencePenalty":1.5,"reasoningEffort":"low","seed":7.0,"forceFunction":"@first"}}
        """)]
    public void Parse_EverySetting_IsReadFromBothForms(string text) => Assert.Equal(
        new ModelReference
        {
            Name = "gpt-4o",
            Temperature = 0.3,
            MaxTokens = 2000,
            InteractionMaxMessages = 5,
            FrequencyPenalty = -2,
            PresencePenalty = 1.5,
            ReasoningEffort = "low",
            Seed = 7,
            ForceFunction = "@first",
        },
        ModelString.Parse(text));

    [Fact]
    public void Parse_TemperatureZero_IsNotDropped()
    {
        Assert.Equal(0, ModelString.Parse("gpt-4o/temperature=0").Temperature);
        Assert.Equal(0, ModelString.Parse("""{"name":"gpt-4o","config":{"temperature":0}}""").Temperature);
    }

    [Theory]
    [InlineData("gpt-4o/interpreter=true/image=false/audio=true/video=false/file=true/voice=alloy/region=eu")]
    [InlineData("gpt-4o/thresholdStrategy=compact/requiresUserTurnBeforeToolCall=true/requiresUserTurnAsLastMessage=false")]
    [InlineData("""{"name":"gpt-4o","config":{"interpreter":true,"seed":null}}""")]
    public void Parse_SettingsThatChangeNothingHere_AreAccepted(string text) =>
        Assert.Equal(new ModelReference { Name = "gpt-4o" }, ModelString.Parse(text));

    [Theory]
    [InlineData("gpt-4o/temperature=2.1", "temperature", "from 0 to 2")]
    [InlineData("gpt-4o/temperature=NaN", "temperature", "from 0 to 2")]
    [InlineData("gpt-4o/temperature=0,3", "temperature", "from 0 to 2")]
    [InlineData("gpt-4o/temperature=", "temperature", "from 0 to 2")]
    [InlineData("gpt-4o/frequencyPenalty=-2.5", "frequencyPenalty", "from -2 to 2")]
    [InlineData("gpt-4o/presencePenalty=true", "presencePenalty", "from -2 to 2")]
    [InlineData("gpt-4o/maxTokens=0", "maxTokens", "a whole number from 1")]
    [InlineData("gpt-4o/maxTokens=1.5", "maxTokens", "a whole number from 1")]
    [InlineData("gpt-4o/maxTokens=99999999999999999999999999999999999", "maxTokens", "a whole number from 1")]
    [InlineData("gpt-4o/interactionMaxMessages=1", "interactionMaxMessages", "a whole number from 2")]
    [InlineData("gpt-4o/seed=-1", "seed", "a whole number from 0")]
    [InlineData("gpt-4o/reasoningEffort=extreme", "reasoningEffort", "auto, low, medium, high")]
    [InlineData("gpt-4o/thresholdStrategy=drop", "thresholdStrategy", "compact, truncate")]
    [InlineData("gpt-4o/region=moon", "region", "us, eu")]
    [InlineData("gpt-4o/interpreter=1", "interpreter", "true, false")]
    [InlineData("gpt-4o/forceFunction=", "forceFunction", "a name")]
    [InlineData("gpt-4o/tempereture=1", "tempereture", "temperature")]
    [InlineData("gpt-4o/endpoint=http:%2F%2F10.0.0.1", "endpoint", "custom models")]
    [InlineData("gpt-4o/temperature=1/oops", "oops", "%2F")]
    [InlineData("gpt-4o/=1", "=1", "key=value")]
    [InlineData("", "no name", "")]
    [InlineData("/temperature=1", "no name", "")]
    [InlineData("{\"config\":{}}", "no name", "")]
    [InlineData("{\"name\":7}", "name", "wrong type")]
    [InlineData("{\"name\":\"gpt-4o\",\"extra\":1}", "extra", "unknown")]
    [InlineData("{\"name\":\"gpt-4o\",\"config\":{\"seed\":[1]}}", "seed", "plain value")]
    [InlineData("{\"name\":", "not valid JSON", "")]
    public void Parse_WhatCannotBeUsed_NamesItAndWhatIsAllowed(string text, string names, string allows)
    {
        var exception = Assert.Throws<ModelReferenceException>(() => ModelString.Parse(text));

        Assert.Contains(names, exception.Message, StringComparison.Ordinal);
        Assert.Contains(allows, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AnyText_GivesAModelOrAnExplanation()
    {
        var piece = Gen.OneOf(
            "gpt-4o", "/", "=", "%2F", "%", "temperature", "0.5", "maxTokens", "1e3", "seed", "-1", "NaN", " ", "\u00a0", "\0", "\ud800", "é",
            "{", "}", "\"", ":", ",", "\"name\"", "\"config\"", "{\"name\":", "\"\\ud800\"", "[", "]", "null", "true", "1e999", "{}", "\\u0000");

        Gen.OneOf(Gen.String, piece.Array[0, 20].Select(parts => string.Concat(parts))).Sample(
            text =>
            {
                try
                {
                    Assert.NotEmpty(ModelString.Parse(text).Name);
                }
                catch (ModelReferenceException e)
                {
                    Assert.NotEmpty(e.Message);
                }
            },
            iter: Math.Max(Check.Iter, 20_000));
    }

    [Theory]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"\udc00":"gpt-4o"}""")]
    [InlineData("""{"name":"gpt-4o","config":{"forceFunction":"\ud83d"}}""")]
    public void Parse_HalfAPairOfSurrogates_IsRefusedLikeEveryOtherBadString(string text) =>
        Assert.Contains("Unicode", Assert.Throws<ModelReferenceException>(() => ModelString.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_BothForms_OfTheSameModel_AreTheSame()
    {
        var name = Gen.String[Gen.Char['!', '~'], 1, 30].Where(text => !text.StartsWith('{') && !text.Contains("%2f", StringComparison.OrdinalIgnoreCase));
        var settings = Gen.Select(
            Gen.Double[0, 2], Gen.Int[1, 1_000_000], Gen.Int[2, 500], Gen.Long[0, long.MaxValue], Gen.OneOf("low", "medium", "high"));

        Gen.Select(name, settings).Sample(
            (text, given) =>
            {
                var (temperature, tokens, messages, seed, effort) = given;
                var path = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{text.Replace("/", "%2F", StringComparison.Ordinal)}/temperature={temperature:R}/maxTokens={tokens}/interactionMaxMessages={messages}/seed={seed}/reasoningEffort={effort}");
                var json = new JsonObject
                {
                    ["name"] = text,
                    ["config"] = new JsonObject
                    {
                        ["temperature"] = temperature,
                        ["maxTokens"] = tokens,
                        ["interactionMaxMessages"] = messages,
                        ["seed"] = seed,
                        ["reasoningEffort"] = effort,
                    },
                };

                var read = ModelString.Parse(path);

                Assert.Equal(read, ModelString.Parse(json.ToJsonString()));
                Assert.Equal((text, temperature, tokens, messages, seed, effort), (read.Name, read.Temperature, read.MaxTokens, read.InteractionMaxMessages, read.Seed, read.ReasoningEffort));
            },
            iter: Math.Max(Check.Iter, 2_000));
    }
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace ChatBotKit;

/// <summary>Finds settings with which no call could succeed. The messages never contain the secret.</summary>
internal sealed class ChatBotKitOptionsValidator : IValidateOptions<ChatBotKitOptions>
{
    public ValidateOptionsResult Validate(string? name, ChatBotKitOptions options)
    {
        var faults = Faults(options).ToList();
        var whose = string.IsNullOrEmpty(name) ? "ChatBotKit" : $"ChatBotKit \"{name}\"";
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Select(fault => $"{whose}: {fault}"));
    }

    /// <summary>Whether the value can be sent in a header.</summary>
    public static bool IsUsable([NotNullWhen(true)] string? secret) =>
        !string.IsNullOrEmpty(secret) && secret.All(character => character is > ' ' and < '\x7f');

    private static IEnumerable<string> Faults(ChatBotKitOptions options)
    {
        if (options.SecretProvider is null && string.IsNullOrEmpty(options.Secret))
            yield return "Secret, the API token, is missing. Set it, or set a SecretProvider.";
        else if (options.SecretProvider is null && !IsUsable(options.Secret))
            yield return "Secret contains a space, a line break or another character that is not allowed in a token.";
        if (options.BaseUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            yield return $"BaseUrl must be an http or https address, not \"{options.BaseUrl}\".";
        if (!IsLimit(options.Timeout))
            yield return $"Timeout must be more than zero, not {options.Timeout}.";
        if (!IsLimit(options.StreamIdleTimeout))
            yield return $"StreamIdleTimeout must be more than zero, not {options.StreamIdleTimeout}.";
        if (options.Retries < 0)
            yield return $"Retries must be 0 or more, not {options.Retries}.";
        if (options.RetryDelay < TimeSpan.Zero)
            yield return $"RetryDelay must not be less than zero, not {options.RetryDelay}.";
    }

    private static bool IsLimit(TimeSpan limit) => limit > TimeSpan.Zero || limit == Timeout.InfiniteTimeSpan;
}

using System.Reflection;

namespace ChatBotKit.Server.Configuration;

/// <summary>The version of the server.</summary>
internal static class ServerVersion
{
    /// <summary>The version without any other text, for scripts.</summary>
    public static string Text => typeof(ServerVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}

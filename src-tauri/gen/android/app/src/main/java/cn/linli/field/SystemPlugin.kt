package cn.linli.field

import android.Manifest
import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.provider.MediaStore
import androidx.activity.result.ActivityResult
import androidx.core.content.FileProvider
import app.tauri.annotation.ActivityCallback
import app.tauri.annotation.Command
import app.tauri.annotation.InvokeArg
import app.tauri.annotation.Permission
import app.tauri.annotation.PermissionCallback
import app.tauri.annotation.TauriPlugin
import app.tauri.plugin.Channel
import app.tauri.plugin.Invoke
import app.tauri.plugin.JSObject
import app.tauri.plugin.Plugin
import java.io.File
import java.io.IOException
import java.io.InputStream
import java.io.OutputStream

@InvokeArg
class PickArgs {
  /** "camera", "album" or "share". */
  lateinit var source: String

  /** An empty file in the incoming folder, for the picture. */
  lateinit var file: String

  /** A larger picture is none, bytes. */
  var most: Long = 0
}

@InvokeArg
class DialArgs {
  lateinit var number: String
}

@InvokeArg
class WatchArgs {
  var watch: Int = 0

  /** Hears what src/position_source.rs calls Heard. */
  lateinit var on: Channel
}

@InvokeArg
class StopArgs {
  var watch: Int = 0
}

/**
 * What Rust (src/system.rs) asks of Android. A picture goes straight into the file that Rust has
 * made for it: when the phone kills this app while the camera is open, the answer is lost but the
 * picture is not, since it lies in the incoming folder.
 */
@TauriPlugin(
  permissions = [
    Permission(
      strings = [Manifest.permission.ACCESS_FINE_LOCATION, Manifest.permission.ACCESS_COARSE_LOCATION],
      alias = "position"
    )
  ]
)
class SystemPlugin(private val activity: Activity) : Plugin(activity) {
  private val watches = HashMap<Int, PositionWatch>()

  /** The person is being asked for the permission. */
  private var asking = false

  /** A camera or an album that was wanted meanwhile: it would open over the question. */
  private var postponed: Invoke? = null

  /** Shows the number in the dialler; the person presses the button. Needs no permission. */
  @Command
  fun dial(invoke: Invoke) {
    val args = invoke.parseArgs(DialArgs::class.java)
    try {
      activity.startActivity(Intent(Intent.ACTION_DIAL, Uri.fromParts("tel", args.number, null)))
      invoke.resolve()
    } catch (e: ActivityNotFoundException) {
      invoke.reject("no app for it", "no_source")
    }
  }

  @Command
  fun watchPosition(invoke: Invoke) {
    val args = invoke.parseArgs(WatchArgs::class.java)
    watches[args.watch] = PositionWatch(activity, args.on)
    if (PositionWatch.allowed(activity)) {
      startWatches()
    } else if (!asking) {
      asking = true
      return requestPermissionForAlias("position", invoke, "answered")
    }
    invoke.resolve()
  }

  @PermissionCallback
  fun answered(invoke: Invoke) {
    asking = false
    startWatches()
    invoke.resolve()
    postponed?.let(::pick)
    postponed = null
  }

  private fun startWatches() = watches.values.forEach(PositionWatch::start)

  @Command
  fun stopPosition(invoke: Invoke) {
    watches.remove(invoke.parseArgs(StopArgs::class.java).watch)?.stop()
    invoke.resolve()
  }

  @Command
  fun pick(invoke: Invoke) {
    val args = invoke.parseArgs(PickArgs::class.java)
    // Opens nothing, so it has nothing to wait for.
    if (args.source == "share") return takeShared(invoke, args)
    if (asking) {
      // Nobody waits for ever: the one before brings nothing.
      postponed?.resolve()
      postponed = invoke
      return
    }
    val intent = if (args.source == "camera") camera(File(args.file)) else album()
    // Asking first whether some app takes the intent would need <queries> from Android 11 on.
    try {
      startActivityForResult(invoke, intent, "picked")
    } catch (e: ActivityNotFoundException) {
      invoke.reject("no app for it", "no_source")
    }
  }

  private fun camera(file: File): Intent {
    val place = FileProvider.getUriForFile(activity, "${activity.packageName}.fileprovider", file)
    return Intent(MediaStore.ACTION_IMAGE_CAPTURE)
      .putExtra(MediaStore.EXTRA_OUTPUT, place)
      .addFlags(Intent.FLAG_GRANT_WRITE_URI_PERMISSION)
  }

  private fun album(): Intent =
    Intent(Intent.ACTION_GET_CONTENT)
      .addCategory(Intent.CATEGORY_OPENABLE)
      .setType("image/*")
      .putExtra(Intent.EXTRA_MIME_TYPES, arrayOf("image/jpeg", "image/png"))

  @ActivityCallback
  fun picked(invoke: Invoke, result: ActivityResult) {
    val args = invoke.parseArgs(PickArgs::class.java)
    val chosen = result.data?.data
    if (result.resultCode != Activity.RESULT_OK || args.source == "camera" || chosen == null) {
      invoke.resolve()
    } else {
      // An album in the cloud may take its time.
      Thread { copy(invoke, chosen, args) }.start()
    }
  }

  /** How many pictures other apps have shared. */
  @Command
  fun shared(invoke: Invoke) =
    invoke.resolve(JSObject().put("waiting", Shared.waiting).put("left_out", Shared.leftOut))

  @Command
  fun forgetShared(invoke: Invoke) {
    Shared.forget()
    invoke.resolve()
  }

  private fun takeShared(invoke: Invoke, args: PickArgs) {
    val next = Shared.next() ?: return invoke.resolve()
    Thread { copy(invoke, next, args) }.start()
  }

  private fun copy(invoke: Invoke, chosen: Uri, args: PickArgs) {
    val file = File(args.file)
    val aside = File(file.path + ".part")
    try {
      val input = activity.contentResolver.openInputStream(chosen)
        ?: throw IOException("there is nothing")
      // Aside first: what lies under the photo's name may be taken in at any time.
      val whole = input.use { from -> aside.outputStream().use { to -> copy(from, to, args.most) } }
      if (!whole) {
        aside.delete()
        return invoke.reject("no photo is so large", "too_large")
      }
      if (!aside.renameTo(file)) throw IOException("the picture could not be moved")
      invoke.resolve()
    } catch (e: IOException) {
      // Half a picture helps nobody; Rust takes the empty file away.
      aside.delete()
      file.delete()
      invoke.reject("the picture could not be read")
    } catch (e: RuntimeException) {
      // No right to it any more, or the other app's own mistake, which comes through as any kind.
      aside.delete()
      invoke.reject("the picture could not be read")
    }
  }

  /** False when there was more than [most]: what another app gives may have no end. */
  private fun copy(from: InputStream, to: OutputStream, most: Long): Boolean {
    val buffer = ByteArray(64 * 1024)
    var all = 0L
    while (true) {
      val n = from.read(buffer)
      if (n < 0) return true
      all += n
      if (all > most) return false
      to.write(buffer, 0, n)
    }
  }
}

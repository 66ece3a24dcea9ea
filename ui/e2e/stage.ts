// A stage for a test: `linli-rig stage` as a child process, steered over HTTP.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const root = resolve(import.meta.dirname, '../..')

export type PhoneName = 'worker' | 'chief' | 'lead'

/** A phone as the stage tells it. */
export interface PhoneView {
  name: PhoneName
  /** Address to open, token included; null while it doesn't run. */
  url: string | null
  /** Its link to the center lets connections through. */
  link: boolean
  /** Its data folder. */
  data: string
}

interface View {
  center: boolean
  phones: PhoneView[]
}

/** A running center and three phones with a fresh county of size S. */
export class Stage {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    /** Address of the page with console and switches. */
    readonly front: string,
    /** Log-in of the desk. */
    readonly login: string,
    readonly password: string,
  ) {}

  /** Starts one in a temporary folder. The county is made once a day and build. */
  static async open(): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'linli-stage-'))
    const program = join(root, 'target', process.env.LINLI_PROFILE ?? 'debug', 'linli-rig')
    const args = ['stage', '--folder', join(folder, 'stage'), '--ui', join(root, 'ui/dist')]
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    let said = ''
    child.stderr.on('data', (words: Buffer) => (said += words.toString()))
    const line = await new Promise<string>((done, fail) => {
      createInterface({ input: child.stdout }).once('line', done)
      child.once('error', () => fail(new Error(`${program} is missing: run make build`)))
      child.once('exit', () => fail(new Error(`the stage didn't come up: ${said}`)))
    })
    const { front, login, password } = JSON.parse(line) as Record<string, string>
    if (!front || !login || !password) throw new Error(`the stage said: ${line}`)
    return new Stage(child, folder, front, login, password)
  }

  /** What runs. */
  view(): Promise<View> {
    return this.ask('', 'GET')
  }

  async phone(name: PhoneName): Promise<PhoneView> {
    const phone = (await this.view()).phones.find((one) => one.name === name)
    if (!phone) throw new Error(`no phone called ${name}`)
    return phone
  }

  /** Address to open for a phone. */
  async url(name: PhoneName): Promise<string> {
    const { url } = await this.phone(name)
    if (!url) throw new Error(`${name}'s phone doesn't run`)
    return url
  }

  /** Cuts a phone's TCP link to the center. */
  cut = (name: PhoneName) => this.ask(`/phones/${name}/cut`, 'POST')
  /** Restores it; the phone hears of it, as from the system of a real one. */
  restore = (name: PhoneName) => this.ask(`/phones/${name}/restore`, 'POST')
  /** Kills a phone's program (SIGKILL). */
  kill = (name: PhoneName) => this.ask(`/phones/${name}/kill`, 'POST')
  /** Starts it again; its address has a new token. */
  restart = (name: PhoneName) => this.ask(`/phones/${name}/restart`, 'POST')
  killCenter = () => this.ask('/center/kill', 'POST')
  restartCenter = () => this.ask('/center/restart', 'POST')

  /** Gives one more desk the password: `r15` is the security administrator. */
  async letIn(login: string): Promise<void> {
    await this.administer(['passwd', '--login', login, '--password-stdin'], `${this.password}\n`)
  }

  /** Shuts out the phone of the one with this role. */
  async shutOut(role: string): Promise<void> {
    const lines = (await this.administer(['devices'])).split('\n').map((line) => line.split(/\s+/))
    const [device] = lines.find((words) => words[1] === role) ?? []
    if (!device) throw new Error(`no phone of ${role}`)
    await this.administer(['revoke', device])
  }

  /** Starts a phone again without the key of its database. */
  async loseKey(name: PhoneName): Promise<void> {
    await this.kill(name)
    await rm(join((await this.phone(name)).data, 'key'), { recursive: true })
    await this.restart(name)
  }

  /** Starts a phone again with nothing on it, as a new one. */
  async emptyPhone(name: PhoneName): Promise<void> {
    await this.kill(name)
    await rm((await this.phone(name)).data, { recursive: true })
    await this.restart(name)
  }

  /** Makes a backup of the center. */
  async backUp(): Promise<void> {
    await this.administer(['backup', '--to', join(this.folder, 'backup')])
  }

  /** The center's disk is lost, but for the keys, and it comes back out of the backup. */
  async restoreCenter(): Promise<void> {
    const [data, lost] = [join(this.folder, 'stage/center'), join(this.folder, 'lost')]
    await this.killCenter()
    await rename(data, lost)
    await this.administer(['restore', '--from', join(this.folder, 'backup'), '--keys', join(lost, 'keys')])
    await this.restartCenter()
  }

  /** The text of a new code for the phone of one of the three. */
  async code(name: PhoneName): Promise<string> {
    return (JSON.parse(await this.administer(['enrol', '--example', name, '--json'])) as { qr: string }).qr
  }

  /** What an administrator types on the center's own machine, while the center runs. */
  private administer([command, ...more]: string[], input = ''): Promise<string> {
    const program = join(root, 'target', process.env.LINLI_PROFILE ?? 'debug', 'linli-center')
    const args = [command!, '--data', join(this.folder, 'stage/center'), ...more]
    return new Promise((done, fail) => {
      const child = execFile(program, args, (error, said, told) => (error ? fail(new Error(told, { cause: error })) : done(said)))
      child.stdin?.end(input)
    })
  }

  /** Stops everything and removes the folder. */
  async close(): Promise<void> {
    const ended = new Promise((done) => this.child.once('exit', done))
    this.child.stdin?.end()
    await ended
    await rm(this.folder, { recursive: true, force: true })
  }

  private async ask(path: string, method: string): Promise<View> {
    const answer = await fetch(`${this.front}/stage${path}`, { method })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as View
  }
}
